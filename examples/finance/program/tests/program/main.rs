//! The real program, as a person runs it: right and wrong input, on SQLite and on PostgreSQL.

#![allow(clippy::expect_used, clippy::panic, reason = "what fails here fails the test")]

mod commands;
mod demo;
mod finance;
mod import;
mod killed;
mod manage;
mod mistakes;
mod pipes;
mod readme;
mod rotating;
#[path = "../../../adapter/tests/scratch/mod.rs"]
mod scratch;
mod secrecy;
mod secret;
