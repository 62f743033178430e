//! Stored columns on both databases: counted, rotated beside others, cut off at each step, retired.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "what fails here fails the test")]
#![allow(clippy::print_stdout, reason = "a process tells its parent how far it is")]

mod beside;
#[path = "../captured/mod.rs"]
mod captured;
mod child;
mod counting;
mod filling;
mod killed;
mod memory;
mod rotating;
mod scratch;
mod silent;
mod table;
