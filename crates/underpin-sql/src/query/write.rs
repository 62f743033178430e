//! One group of a flush.

use underpin_core::ColumnSet;
use underpin_schema::TableDef;

use super::Rows;

/// Rows of one table that are written alike: the same operation on the same columns.
pub struct Write<'a> {
    /// The table.
    pub table: &'static TableDef,
    /// The operation.
    pub kind: WriteKind,
    /// Inserted or changed columns; empty for a delete. An update's version column is not among them.
    pub columns: ColumnSet,
    /// Columns whose values come back, in the order of the rows; see [`crate::driver::Connection::write`].
    pub returning: ColumnSet,
    /// Whether an update or delete requires the row's old version, and an update counts it up. False too for tables
    /// without a version column.
    pub versioned: bool,
    /// The rows, sorted so that concurrent units of work lock them in the same order.
    pub rows: &'a dyn Rows,
}

impl Write<'_> {
    /// What it attempts, for an error.
    #[must_use]
    pub fn attempted(&self) -> String {
        let verb = match self.kind {
            WriteKind::Insert => "insert into",
            WriteKind::Update => "update",
            WriteKind::Delete => "delete from",
        };
        format!("{verb} {}", self.table.name)
    }
}

/// What is done to the rows of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WriteKind {
    /// INSERT
    Insert,
    /// UPDATE by key
    Update,
    /// DELETE by key
    Delete,
}

impl WriteKind {
    /// The operation's name in SQL.
    #[must_use]
    pub const fn sql(self) -> &'static str {
        match self {
            Self::Insert => "INSERT",
            Self::Update => "UPDATE",
            Self::Delete => "DELETE",
        }
    }
}

impl std::fmt::Debug for Write<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} ({} rows)", self.kind.sql(), self.table.name, self.rows.len())
    }
}
