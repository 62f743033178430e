//! The program as a server, over real sockets: its interface on both databases, its document, its limits.

#![allow(clippy::expect_used, clippy::panic, reason = "what fails here fails the test")]

mod at_once;
mod borrowers;
mod broken_off;
mod client;
mod document;
mod limits;
mod requests;
#[path = "../../../adapter/tests/scratch/mod.rs"]
mod scratch;
mod server;
