//! The driver against a real server: `UNDERPIN_TEST_POSTGRES`, or one on this machine.

mod batch;
mod codec;
mod combined;
mod connect;
mod load;
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
