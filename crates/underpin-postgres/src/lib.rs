//! The PostgreSQL driver: a pool of connections that encode rows into the wire and decode them out of it.
//!
//! - [`PostgresDriver`] implements [`underpin_sql::driver::Driver`]; nothing else is public.
//! - A URL becomes a target (`target.rs`), a target a session (`connect.rs`), sessions a pool (`pool.rs`).
//! - A request is one file: `fetch.rs`, `stream.rs`, `write.rs`, `load.rs`, `script.rs`. What is sent in which order,
//!   and what state that leaves, is `transaction.rs` and `pipeline.rs`.
//!
//! **Invariants:** no round trip that carries no work; no connection goes back to the pool in a transaction or in the
//! middle of a request; no error and no log shows a parameter, a stored value or a password.

mod batch;
mod codec;
mod combined;
mod connect;
mod connection;
mod error;
mod fetch;
mod load;
mod pipeline;
mod pool;
mod script;
mod statements;
mod stream;
mod target;
mod tls;
mod trace;
mod transaction;
mod write;

pub use pool::PostgresDriver;
