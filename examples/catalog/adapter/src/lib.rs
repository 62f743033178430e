//! The database side of the catalogue: the table, the mapping, and the domain's port on Underpin.
//!
//! - [`Db`]: the marker of the program's schema; it makes it legal to map types of the domain here.
//! - [`row`]: one struct for each table; its definition *is* the table's definition.
//! - [`Catalog`]: the port of the domain, on PostgreSQL, on SQLite and in memory alike.
//! - [`Cars`]: the same port inside a unit of work that somebody else commits.
//! - [`history`], [`MIGRATIONS`]: the revisions that build the table, compiled in.

mod car;
mod cars;
mod catalog;
mod db;
mod history;
mod look;

pub mod row;

pub use cars::Cars;
pub use catalog::Catalog;
pub use db::Db;
pub use history::{MIGRATIONS, history};
