//! The SQLite driver: one writer and a few readers on rusqlite, values exact and ordered, a unit of work in one message.
//!
//! - [`SqliteDriver::connect`] keeps each connection on a thread of its own: a request crosses over once, whatever
//!   the number of its statements and rows.
//! - [`SqliteDriver::blocking`] calls SQLite on the caller's thread: every future is ready when it is first polled.
//!
//! **Invariant:** no connection reaches its next user with a transaction open, or while a request still runs on it.

mod codec;
mod connect;
mod connection;
mod error;
mod fetch;
mod load;
mod pool;
mod script;
mod statements;
mod stream;
mod thread;
mod trace;
mod transaction;
mod write;

pub use pool::SqliteDriver;
