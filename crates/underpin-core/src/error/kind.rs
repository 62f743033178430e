//! What can go wrong.

/// What kind of failure an error is. More kinds may be added.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A constraint refused a row.
    Constraint {
        /// Which sort of constraint.
        violation: Violation,
        /// Its name, where known.
        constraint: Option<String>,
        /// Its table, where known.
        table: Option<String>,
        /// Its column, where it has one.
        column: Option<String>,
        /// The columns of the constraint, where the database names those instead of the constraint.
        columns: Vec<String>,
        /// The code that the database gave.
        sqlstate: Option<String>,
    },
    /// A row is no longer what it was when it was loaded.
    Stale(Stale),
    /// A transaction could not be serialized; running it again may succeed.
    Serialization,
    /// A deadlock was broken by ending this transaction; running it again may succeed.
    Deadlock,
    /// SQLite's file stayed locked beyond the busy timeout, or a lock was not to be had at once.
    Busy,
    /// No connection became free in time.
    PoolTimeout {
        /// Connections that the pool may open in all.
        limit: usize,
    },
    /// A statement ran longer than allowed, or was cancelled.
    StatementTimeout,
    /// The server refused the connection, or nobody answered.
    Connect,
    /// The TLS handshake failed, or the server does not offer TLS.
    Tls,
    /// The connection was lost while it was in use.
    ConnectionLost,
    /// The URL, or an option in it, is wrong.
    Config,
    /// A value cannot be stored in its column, or what is stored is not such a value.
    Value {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// A row cannot become its entity.
    Mapping,
    /// A cursor, which mostly comes from outside, is not one of the query that it was given to.
    Cursor,
    /// The program used the toolkit in a way that cannot work.
    Usage,
    /// A definition of tables contradicts itself.
    Schema,
    /// The database refused a statement for a reason that has no kind of its own.
    Database {
        /// The code that the database gave.
        sqlstate: Option<String>,
    },
}

/// Which sort of constraint refused a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Violation {
    /// UNIQUE, a unique index, or the primary key.
    Unique,
    /// FOREIGN KEY.
    ForeignKey,
    /// CHECK.
    Check,
    /// NOT NULL.
    NotNull,
    /// EXCLUDE.
    Exclusion,
}

/// Which row is stale.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stale {
    /// Its table.
    pub table: String,
    /// Its position in the group that was being written.
    pub row: usize,
    /// Its primary key as text, once the mapper has named it.
    pub key: Option<String>,
}

impl Stale {
    /// Row number `row` of a group of writes to `table`.
    #[must_use]
    pub fn new(table: impl Into<String>, row: usize) -> Self {
        Self { table: table.into(), row, key: None }
    }
}
