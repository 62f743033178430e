//! What the team catalogue stands on: tables, mapping and the domain's ports on Underpin, and the code host.
//!
//! - [`Db`]: the marker of the program's schema; it makes it legal to map types of the domain here.
//! - [`row`]: one struct for each table; its definition *is* the table's definition.
//! - `mapping/`: how a user, an item, and a team with its memberships become rows.
//! - [`TeamsStorage`]: the port of the domain, on PostgreSQL, on SQLite and in memory alike.
//! - [`HttpCodeHost`], [`KnownRepositories`]: the code host, over HTTP and in memory.
//! - [`history`], [`MIGRATIONS`]: the revisions that build the tables, compiled in.

mod code_host;
mod db;
mod history;
mod items;
mod mapping;
mod storage;
mod teams;
mod unit_of_work;
mod users;

pub mod row;

pub use code_host::{
    BaseUrl, CodeHostError, HttpCodeHost, InvalidBaseUrl, InvalidOrganisation, InvalidToken,
    KnownRepositories, Organisation, Token,
};
pub use db::Db;
pub use history::{MIGRATIONS, history};
pub use items::Items;
pub use storage::TeamsStorage;
pub use teams::Teams;
pub use unit_of_work::TeamsUnitOfWork;
pub use users::Users;
