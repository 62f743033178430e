//! The driver against a real server: `UNDERPIN_TEST_POSTGRES`, or one on this machine.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test's own functions: a failure is a panic that names the place"
)]

mod batch;
mod codec;
mod combined;
mod connect;
mod copied;
mod load;
mod logging;
#[cfg(not(feature = "tls"))]
mod plain;
mod pool;
#[cfg(feature = "tls")]
mod private;
mod rows;
mod scratch;
mod script;
mod select;
mod tables;
#[cfg(feature = "tls")]
mod tls;
mod transaction;
mod unprepared;
