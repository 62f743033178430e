//! The same without async, for scripts and tests: each call waits for its answer.
//!
//! SQLite is driven in the calling thread, with no hop; PostgreSQL on a runtime that the database owns.

mod database;
mod executor;
mod read_session;
mod unit_of_work;

pub use database::Database;
pub use executor::Executor;
pub use read_session::ReadSession;
pub use unit_of_work::UnitOfWork;
