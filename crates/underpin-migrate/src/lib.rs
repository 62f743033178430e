//! Migrations: revisions are SQL files that a person reviews; a runner brings a database from one to another.
//!
//! The way of every command: [`Revisions`] are read from a source and checked one by one; [`Graph`] orders them;
//! [`Plan`] says what to do from what is [`Applied`] to a [`Destination`], as a value; [`Runner`] carries it out on a
//! [`Target`]. All before the runner is pure.
//!
//! ```
//! use underpin_migrate::{Destination, Dialect, Direction, Graph, Plan, Revisions};
//!
//! let revisions = Revisions::embedded(&[(
//!     "001_users.sql",
//!     "-- Create users
//! --
//! -- revision: 001
//! -- revises: none
//!
//! -- +upgrade
//! CREATE TABLE users (id integer);
//!
//! -- +downgrade
//! DROP TABLE users;
//! ",
//! )])?;
//! let history = Graph::new(revisions)?;
//! let plan = Plan::new(&history, &[], Dialect::Sqlite, Direction::Upgrade, &Destination::head())?;
//! assert_eq!(plan.steps()[0].revision(), "001");
//! assert!(plan.to_string().contains("CREATE TABLE users (id integer);"));
//! # Ok::<(), underpin_migrate::MigrateError>(())
//! ```

mod dialect;
mod error;
mod graph;
mod journal;
mod plan;
mod runner;
mod script;
mod source;
mod write;

pub use dialect::Dialect;
pub use error::{DriverError, MigrateError, Result};
pub use graph::{Destination, Graph, Move, Moves, Range};
pub use journal::Applied;
pub use plan::{Plan, Stage, Step};
pub use runner::{ConnectionTarget, Runner, Target, TargetFuture};
pub use script::{
    Batch, Direction, Revision, ScriptError, Section, SectionBody, Statement, UtcTime, statements,
};
pub use source::{Embedded, Revisions};
pub use write::{FileTemplate, NewRevision};
