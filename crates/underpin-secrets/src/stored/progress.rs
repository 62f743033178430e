//! How far a walk over the rows of a column is, and how it ended.

use super::StoredColumn;

/// How far a walk over the rows of a column is.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Progress<'p> {
    /// The column.
    pub column: &'p StoredColumn,
    /// What has just been done.
    pub step: Step,
    /// What has been done so far.
    pub report: &'p Report,
    /// How many rows there were to do when it began.
    pub total: u64,
}

/// What has just been done with a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step {
    /// It has been read; nothing of it is written.
    Read,
    /// It is written, and committed; in a dry run it would be.
    Written,
}

/// What a walk over the rows of a column has done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Report {
    /// Rows that were read.
    pub read: u64,
    /// Rows that were written; in a dry run, that would be.
    pub written: u64,
    /// Rows that somebody else has written or deleted between being read and being written; they were left alone.
    pub overtaken: u64,
    /// Rows that could not be decrypted; they were left alone.
    pub refused: u64,
    /// The first of those.
    pub first_refused: Vec<RefusedRow>,
}

/// A row that could not be decrypted.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RefusedRow {
    /// Its primary key, such as `id = 7`.
    pub key: String,
    /// Why.
    pub reason: String,
}

impl Report {
    /// How many refused rows are named.
    pub const NAMED: usize = 10;

    /// Adds what was done elsewhere.
    pub fn add(&mut self, other: Self) {
        self.read += other.read;
        self.written += other.written;
        self.overtaken += other.overtaken;
        self.refused += other.refused;
        let room = Self::NAMED.saturating_sub(self.first_refused.len());
        self.first_refused.extend(other.first_refused.into_iter().take(room));
    }
}
