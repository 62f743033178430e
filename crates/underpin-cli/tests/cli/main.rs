//! The real program, as a person types it and as a script calls it, on SQLite and on PostgreSQL.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "what fails here fails the test")]

mod adopt;
mod arch;
mod arguments;
mod at_once;
mod configuration;
mod current;
mod each;
mod files;
mod help;
mod import;
mod listing;
mod manage;
mod migrating;
mod moving;
mod offline;
mod program;
mod readme;
mod repair;
mod scratch;
mod secrets;
mod squash;
mod stamp;
mod waiting;
mod walk;
