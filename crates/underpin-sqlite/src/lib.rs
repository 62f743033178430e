//! The SQLite driver: one writer and a few readers on rusqlite, values exact and ordered, a unit of work in one message.
//!
//! - [`SqliteDriver::connect`] keeps each connection on a thread of its own: a request crosses over once, whatever
//!   the number of its statements and rows. [`SqliteDriver::blocking`] calls SQLite on the caller's thread: every
//!   future is ready when it is first polled.
//! - A URL becomes a setup, a setup a session (`connect.rs`), sessions sit in a pool (`pool.rs`), inline or on threads
//!   (`thread.rs`).
//! - A request is one file: `fetch.rs`, `stream.rs`, `write.rs`, `change.rs`, `load.rs`, `script.rs`. Where the transaction stands
//!   is `transaction.rs`; how values are stored, `codec/`.
//! - With a thread of its own SQLite works beside the caller: a batch is encoded in portions while it writes the ones before
//!   (`batch.rs`), and rows that are costly to decode are read in portions while the caller decodes the ones before (`held.rs`).
//!
//! Besides the pool's options (of which recycling and testing have no meaning here; size and overflow together bound the
//! writer and the readers) a URL takes:
//!
//! | option | meaning | default |
//! |---|---|---|
//! | `mode` | `ro` reads, `rw` writes, `rwc` creates the file too | `rwc` |
//! | `readers` | connections that read beside the writer, 1 to 64 | the processors, 2 to 4 |
//! | `busy_timeout` | how long to wait for other processes, in milliseconds | 5000 |
//! | `journal_mode` | `wal`, `delete`, `truncate`, `persist`, `memory`, `off` | `wal` |
//! | `synchronous` | `off`, `normal`, `full`, `extra` | `normal` |
//! | `foreign_keys` | whether foreign keys are checked | `on` |
//! | `cache_size` | pages, or kibibytes if negative | SQLite's own |
//!
//! **Invariants:** no connection reaches its next user with a transaction open, or while a request still runs on it; no
//! error and no log shows a parameter or a stored value.

mod batch;
mod change;
mod codec;
mod connect;
mod connection;
mod error;
mod fetch;
mod functions;
mod held;
mod load;
mod pool;
mod script;
mod statements;
mod stream;
mod thread;
mod transaction;
mod write;

pub use pool::SqliteDriver;
