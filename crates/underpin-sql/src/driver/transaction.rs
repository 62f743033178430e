//! How a transaction runs.

/// How a transaction runs; the database's own defaults unless something is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct TransactionOptions {
    /// Isolation level (PostgreSQL; SQLite's transactions are always serializable).
    pub isolation: Option<Isolation>,
    /// Whether writing is refused.
    pub read_only: bool,
    /// Whether a serializable read-only transaction waits until it can never fail (PostgreSQL).
    pub deferrable: bool,
}

impl TransactionOptions {
    /// The database's own defaults.
    #[must_use]
    pub const fn new() -> Self {
        Self { isolation: None, read_only: false, deferrable: false }
    }

    /// With an isolation level.
    #[must_use]
    pub const fn isolation(mut self, isolation: Isolation) -> Self {
        self.isolation = Some(isolation);
        self
    }

    /// Refusing to write.
    #[must_use]
    pub const fn read_only(mut self) -> Self {
        self.read_only = true;
        self
    }

    /// Waiting at its start until it can never fail for a concurrent one.
    #[must_use]
    pub const fn deferrable(mut self) -> Self {
        self.deferrable = true;
        self
    }
}

/// What concurrent transactions may see of each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Isolation {
    /// Each statement sees what was committed before it.
    ReadCommitted,
    /// All statements see what was committed before the first.
    RepeatableRead,
    /// As if the transactions ran one after another.
    Serializable,
}
