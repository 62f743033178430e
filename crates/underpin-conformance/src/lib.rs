//! One suite that every driver must pass: PostgreSQL, SQLite and the in-memory store.
//!
//! - [`Target`]: a driver under test, and scratch databases of it.
//! - [`model`]: the entities and tables of the suite.
//! - [`cases`]: what must hold, one topic a file; `tests/` runs each case on each target.
//! - [`DIFFERENCES`]: where a target does not pass a case, with the reason. The list is the documentation.
//! - [`random`]: random units of work against a sequential model.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test suite: a failure is a panic that names the place"
)]

mod at_most;
pub mod cases;
mod differences;
pub mod lot;
pub mod model;
mod pooler;
pub mod random;
mod scratch;

pub use at_most::AtMost;
pub use differences::{DIFFERENCES, Difference, difference};
pub use scratch::{Scratch, Target};
