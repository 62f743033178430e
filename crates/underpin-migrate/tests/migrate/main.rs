//! The runner and the finance migration, on a fake, on SQLite and on PostgreSQL.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "everything here is a test, helpers included"
)]

mod batches;
mod blocker;
mod calls;
mod child;
mod crash;
mod drivers;
mod dying;
mod fake;
mod fake_runs;
mod finance;
mod journal;
mod mixed;
mod offline;
mod place;
mod postgres;
mod postgres_runs;
mod processes;
mod real_schemas;
mod revisions;
mod sqlite;
mod sqlite_runs;
mod traps;
