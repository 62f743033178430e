//! The PostgreSQL driver: a pool of connections that encode rows into the wire and decode them out of it.
//!
//! - [`PostgresDriver`] implements [`underpin_sql::driver::Driver`]; nothing else is public.
//! - A URL becomes a target (`target.rs`), a target a session (`connect.rs`), sessions a pool (`pool.rs`),
//!   which lends them out (`lending.rs`).
//! - A request is one file: `fetch.rs`, `stream.rs`, `write.rs`, `change.rs`, `load.rs`, `script.rs`. What state it leaves is
//!   `transaction.rs`. How it looks on the wire is the crate `underpin-wire`.
//!
//! **Invariants:** no round trip that carries no work; no connection goes back to the pool in a transaction or in the
//! middle of a request; no error and no log shows a parameter, a stored value or a password.
//!
//! # What is worth knowing
//!
//! - **Environment.** What the URL leaves out is taken from `PGHOST`, `PGPORT`, `PGUSER`, `PGPASSWORD`, `PGDATABASE`,
//!   `PGAPPNAME`, `PGOPTIONS`, `PGSSLMODE` and `PGSSLROOTCERT`. Password files and service files are not read.
//! - **TLS.** `sslmode` is libpq's, and so is its default `prefer`: a server that offers TLS is spoken to in TLS, on
//!   this machine too; over a Unix socket never. `verify-ca` and `verify-full` trust `sslrootcert`, otherwise
//!   `~/.postgresql/root.crt`, otherwise the system's roots.
//! - **Poolers.** Behind a PgBouncer in transaction mode write `prepared_statements=false`; no statement has a name then.
//!   A `statement_timeout` in the URL, and `options`, need `ignore_startup_parameters = options` there. A request that
//!   is given up there is not cancelled, its connection is closed.
//! - **Altered tables.** A statement that no longer fits its table is prepared anew, unless it fails in a transaction
//!   in which other requests have been made: that unit of work gets an error that is retryable.
//! - **Own statements.** A connection on which a script ran is closed afterwards, for there is no telling what the
//!   script left; after `texts` its settings, locks, cursors and subscriptions are reset.
//! - **BEGIN travels with the work**, and COMMIT too, as one group: behind what fails, be it BEGIN itself, nothing is executed.

mod batch;
mod change;
mod codec;
mod combined;
mod connect;
mod connection;
mod copied;
mod copy;
mod error;
mod fetch;
mod lending;
mod load;
mod login;
mod pool;
mod position;
mod script;
mod socket;
mod statements;
mod stream;
mod target;
mod tls;
mod transaction;
mod write;

pub use pool::PostgresDriver;
