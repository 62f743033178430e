//! Graphs, their commands and their drawings, without a database.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "everything here is a test, helpers included"
)]

mod case;
mod drawing;
mod notation;
mod random;
mod table;
