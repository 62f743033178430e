//! Connections against a server that says what a test wants it to say.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test's own functions: a failure is a panic that names the place"
)]

mod copy;
mod ends;
mod login;
mod nonsense;
mod order;
mod server;
mod types;
