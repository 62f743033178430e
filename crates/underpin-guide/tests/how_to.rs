//! The Rust blocks of the guide, a module for each page; their tests run.

#![allow(dead_code, unused_imports, unreachable_pub, reason = "a page shows a part of a program")]
#![allow(clippy::expect_used, clippy::print_stdout, reason = "so does a reader's test")]

include!(concat!(env!("OUT_DIR"), "/how_to.rs"));
