//! What a pool has sent so far, counted and, while somebody listens, written down.

use std::sync::atomic::{AtomicU64, Ordering};

use underpin_core::Dialect;

use super::Journal;

/// Counts since a pool was made.
#[derive(Debug)]
pub struct Counters {
    dialect: &'static Dialect,
    statements: AtomicU64,
    round_trips: AtomicU64,
    journal: Journal,
}

impl Counters {
    /// Nothing has been sent yet.
    #[must_use]
    pub const fn new(dialect: &'static Dialect) -> Self {
        let (statements, round_trips) = (AtomicU64::new(0), AtomicU64::new(0));
        Self { dialect, statements, round_trips, journal: Journal::new() }
    }

    /// The database that it is sent to.
    #[must_use]
    pub fn dialect(&self) -> &'static Dialect {
        self.dialect
    }

    /// A round trip is waited for; for a database in this process a call of its thread, or in its place.
    pub fn round_trip(&self) {
        self.round_trips.fetch_add(1, Ordering::Relaxed);
    }

    /// Statements are sent; a group of rows is one, as it is in a database that takes them as arrays.
    pub fn statements(&self, count: usize) {
        self.statements.fetch_add(count as u64, Ordering::Relaxed);
    }

    /// Statements and round trips so far.
    #[must_use]
    pub fn read(&self) -> (u64, u64) {
        (self.statements.load(Ordering::Relaxed), self.round_trips.load(Ordering::Relaxed))
    }

    /// What was sent, while somebody listens.
    #[must_use]
    pub fn journal(&self) -> &Journal {
        &self.journal
    }
}
