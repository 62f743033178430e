//! Migrations: revisions are SQL files that a person reviews; a runner brings a database from one to another.
//!
//! The way of every command: [`Revisions`] are read from a source and checked one by one; [`Graph`] orders them;
//! [`Plan`] says what to do from what is [`Applied`] to a [`Destination`], as a value; [`Runner`] carries it out on a
//! [`Target`]. All before the runner is pure.
//!
//! ```
//! use std::collections::BTreeSet;
//!
//! use underpin_migrate::{Destination, Dialect, Graph, Plan, Revisions};
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
//! let graph = Graph::new(revisions)?;
//! let moves = graph.upgrade(&BTreeSet::new(), &Destination::head())?;
//! let plan = Plan::new(&moves, Dialect::Sqlite)?;
//! assert_eq!(plan.steps()[0].revision(), "001");
//! assert!(plan.to_string().contains("CREATE TABLE users (id integer);"));
//! # Ok::<(), underpin_migrate::MigrateError>(())
//! ```

mod dialect;
mod error;
pub mod foreign;
mod functions;
mod graph;
pub mod import;
mod journal;
mod offline;
mod plan;
mod runner;
mod script;
mod source;
mod write;

pub use dialect::Dialect;
pub use error::{DriverError, MigrateError, Result};
pub use functions::{CallFuture, Functions};
pub use graph::{Destination, Drawing, DrawingRow, Graph, Move, Moves, Range};
pub use journal::{Applied, AppliedState};
pub use offline::{OfflineScript, offline};
pub use plan::{Plan, Stage, Step, StepDirection};
pub use runner::{
    ConnectionTarget, Context, Event, Holder, Observer, Report, Runner, Target, TargetFuture, TextRows,
};
pub use script::{
    Batch, Direction, Revision, ScriptError, Section, SectionBody, Statement, UtcTime, statements,
};
pub use source::{Embedded, Revisions};
pub use write::{FileTemplate, NewRevision};
