//! The program as a server, over real sockets: its interface on both databases, its document, its page in a browser.

#![allow(clippy::expect_used, clippy::panic, reason = "what fails here fails the test")]

mod browser;
mod client;
mod document;
mod limits;
mod page;
mod requests;
#[path = "../../../adapter/tests/scratch/mod.rs"]
mod scratch;
mod server;
