//! The program as a server, over real sockets: its interface on both databases, its document, its limits.

#![allow(clippy::expect_used, clippy::panic, reason = "what fails here fails the test")]

mod client;
mod document;
mod limits;
mod pool;
mod races;
mod requests;
#[path = "../../../adapter/tests/scratch/mod.rs"]
mod scratch;
mod server;
mod wrong;
