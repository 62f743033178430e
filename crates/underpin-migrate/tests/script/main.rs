//! Directories of revision files: as they should be, as other tools leave them, and as they should not be.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "everything here is a test, helpers included"
)]

mod import;
mod tree;
mod wrong_trees;
