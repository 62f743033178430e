//! The real program, as a person runs it: right and wrong input, on SQLite and on PostgreSQL.

#![allow(clippy::expect_used, clippy::panic, reason = "what fails here fails the test")]

mod code_host;
mod commands;
mod demo;
#[path = "../../../adapter/tests/fake_host/mod.rs"]
mod fake_host;
mod manage;
mod mistakes;
mod pipes;
mod readme;
mod run;
#[path = "../../../adapter/tests/scratch/mod.rs"]
mod scratch;
mod settings;
mod trusted_host;
