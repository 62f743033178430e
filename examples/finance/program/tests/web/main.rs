//! The program as a server, over real sockets, on both databases: its interface, its token, its limits, its document.

#![allow(clippy::expect_used, clippy::panic, reason = "what fails here fails the test")]

mod client;
mod document;
mod limits;
mod requests;
#[path = "../../../adapter/tests/scratch/mod.rs"]
mod scratch;
mod server;
mod token;
