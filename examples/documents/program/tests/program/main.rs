//! The real program, as a person runs it: right and wrong input, on SQLite and on PostgreSQL.

#![allow(clippy::expect_used, clippy::panic, reason = "what fails here fails the test")]

mod commands;
mod demo;
mod hostile;
mod ingest;
mod keys;
mod killed;
mod mistakes;
mod pipes;
mod readme;
mod run;
#[path = "../../../adapter/tests/scratch/mod.rs"]
mod scratch;
mod secrecy;
mod work;
