//! The driver against a real server: `UNDERPIN_TEST_POSTGRES`, or one on this machine.

mod batch;
mod codec;
mod combined;
mod connect;
mod load;
mod pool;
mod rows;
mod scratch;
mod script;
mod select;
mod tables;
mod transaction;
mod unprepared;
