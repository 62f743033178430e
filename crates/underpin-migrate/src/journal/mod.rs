//! What the database says about the revisions that were applied to it, and whether that fits the files.

mod applied;
mod check;
mod literal;
mod prefix;
mod sql;

pub use applied::{Applied, AppliedState};
pub(crate) use check::{check, check_known, check_prefix, unfinished};
pub(crate) use literal::literal;
pub(crate) use prefix::prefix;
pub(crate) use sql::{COLUMNS, JournalSql, Place};
