//! The linter on projects that are written to disk for the purpose.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a project that cannot be written fails the test"
)]

mod commands;
mod contracts;
mod fail_closed;
mod forms;
mod known_crates;
mod page;
mod random;
mod stage;
mod ways;
