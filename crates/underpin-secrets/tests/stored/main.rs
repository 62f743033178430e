//! Stored columns on both databases: counted, rotated beside others, cut off at each step, retired.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "what fails here fails the test")]
#![allow(clippy::print_stdout, reason = "a process tells its parent how far it is")]

mod beside;
mod counting;
mod killed;
mod rotating;
mod scratch;
mod table;
