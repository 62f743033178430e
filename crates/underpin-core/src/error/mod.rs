//! The error: opaque, cheap to move, with questions and facts instead of a public enumeration.

mod display;
mod hint;
mod kind;
mod make;

pub use hint::Hint;
pub use kind::{ErrorKind, Stale, Violation};

/// `std::result::Result` with this crate's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong: what was attempted, on what, and what to do about it.
///
/// It holds no parameter, no stored value and no password: text that a database composed around such values is not
/// kept. Ask it with the `is_*` questions; the facts (`constraint`, `table`, `column`, `key`, `sqlstate`) are there
/// when the database or the mapper knew them.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    /// What was attempted, one level an entry, the outermost last.
    context: Vec<std::borrow::Cow<'static, str>>,
    hint: Option<std::borrow::Cow<'static, str>>,
}

impl Error {
    /// What kind of failure this is.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// Whether a unique or primary key constraint refused a row.
    #[must_use]
    pub fn is_unique_violation(&self) -> bool {
        self.violation() == Some(Violation::Unique)
    }

    /// Whether a foreign key refused a row, or its deletion.
    #[must_use]
    pub fn is_foreign_key_violation(&self) -> bool {
        self.violation() == Some(Violation::ForeignKey)
    }

    /// Whether a CHECK refused a row.
    #[must_use]
    pub fn is_check_violation(&self) -> bool {
        self.violation() == Some(Violation::Check)
    }

    /// Whether NOT NULL refused a row.
    #[must_use]
    pub fn is_not_null_violation(&self) -> bool {
        self.violation() == Some(Violation::NotNull)
    }

    /// Whether an exclusion constraint refused a row.
    #[must_use]
    pub fn is_exclusion_violation(&self) -> bool {
        self.violation() == Some(Violation::Exclusion)
    }

    /// Which sort of constraint refused a row, if one did.
    #[must_use]
    pub fn violation(&self) -> Option<Violation> {
        match &self.0.kind {
            ErrorKind::Constraint { violation, .. } => Some(*violation),
            _ => None,
        }
    }

    /// The constraint that refused a row, by its name in the database.
    #[must_use]
    pub fn constraint(&self) -> Option<&str> {
        match &self.0.kind {
            ErrorKind::Constraint { constraint, .. } => constraint.as_deref(),
            _ => None,
        }
    }

    /// The table concerned.
    #[must_use]
    pub fn table(&self) -> Option<&str> {
        match &self.0.kind {
            ErrorKind::Constraint { table, .. } => table.as_deref(),
            ErrorKind::Stale(stale) => Some(&stale.table),
            ErrorKind::Value { table, .. } => Some(table),
            _ => None,
        }
    }

    /// The column concerned.
    #[must_use]
    pub fn column(&self) -> Option<&str> {
        match &self.0.kind {
            ErrorKind::Constraint { column, .. } => column.as_deref(),
            ErrorKind::Value { column, .. } => Some(column),
            _ => None,
        }
    }

    /// The columns of the constraint that refused a row, where the database names those instead of the constraint.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        match &self.0.kind {
            ErrorKind::Constraint { columns, .. } => columns,
            _ => &[],
        }
    }

    /// Whether a row was changed or deleted by somebody else since it was loaded.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        matches!(self.0.kind, ErrorKind::Stale(_))
    }

    /// The primary key of the stale row, as text.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        match &self.0.kind {
            ErrorKind::Stale(stale) => stale.key.as_deref(),
            _ => None,
        }
    }

    /// Whether the same unit of work may succeed when it is run again from its start.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        matches!(self.0.kind, ErrorKind::Serialization | ErrorKind::Deadlock | ErrorKind::Busy)
    }

    /// Whether a limit of time ran out: waiting for a connection, or a statement's own.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.0.kind, ErrorKind::PoolTimeout { .. } | ErrorKind::StatementTimeout | ErrorKind::Busy)
    }

    /// Whether the pool had no connection to give in time.
    #[must_use]
    pub fn is_pool_timeout(&self) -> bool {
        matches!(self.0.kind, ErrorKind::PoolTimeout { .. })
    }

    /// Whether the connection could not be made, or was lost.
    #[must_use]
    pub fn is_connection(&self) -> bool {
        matches!(self.0.kind, ErrorKind::Connect | ErrorKind::Tls | ErrorKind::ConnectionLost)
    }

    /// Whether the program used the toolkit in a way that cannot work.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        matches!(self.0.kind, ErrorKind::Usage)
    }

    /// Whether a cursor is not one of the query that it was given to.
    #[must_use]
    pub fn is_cursor(&self) -> bool {
        matches!(self.0.kind, ErrorKind::Cursor)
    }

    /// Whether the URL or an option of it is wrong.
    #[must_use]
    pub fn is_config(&self) -> bool {
        matches!(self.0.kind, ErrorKind::Config)
    }

    /// Whether a value could not be written or read.
    #[must_use]
    pub fn is_value(&self) -> bool {
        matches!(self.0.kind, ErrorKind::Value { .. } | ErrorKind::Mapping)
    }

    /// The five-character code of the SQL standard, where the database gave one.
    #[must_use]
    pub fn sqlstate(&self) -> Option<&str> {
        match &self.0.kind {
            ErrorKind::Constraint { sqlstate, .. } | ErrorKind::Database { sqlstate } => sqlstate.as_deref(),
            _ => None,
        }
    }

    /// What to do about it, in a sentence.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }
}

impl std::error::Error for Error {}
