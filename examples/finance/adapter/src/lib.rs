//! The database side of the finance example: tables, mapping, and the domain's ports on Underpin.
//!
//! - [`Db`]: the marker of the program's schema; it makes it legal to map types of the domain here.
//! - [`row`]: one struct for each table; its definition *is* the table's definition.
//! - [`FinanceStorage`]: the port of the domain, on PostgreSQL, on SQLite and in memory alike.
//! - [`secret_column`]: where the encrypted values are, for `rotate-keys`.
//! - [`MIGRATIONS`], [`history`]: the revisions that build the tables, compiled in.

mod db;
mod history;
mod payload;
mod secrets;
mod storage;
mod stored_event;
mod stored_secret;
mod unit_of_work;
mod user;
mod users;

pub mod row;

pub use db::Db;
pub use history::{MIGRATIONS, history};
pub use secrets::{Secrets, secret_column};
pub use storage::FinanceStorage;
pub use stored_event::StoredEvent;
pub use stored_secret::StoredSecret;
pub use unit_of_work::FinanceUnitOfWork;
pub use users::Users;
