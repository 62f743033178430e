//! What must not have changed when a transaction commits.

use std::sync::Arc;

use crate::rules::Columns;
use crate::state::State;
use crate::table::{Bytes, MemoryTable, Row};

/// Something that a transaction relies on.
pub(crate) enum Guard {
    /// A row that was locked, or that is written in a transaction which sees one state only.
    Row { table: usize, key: Bytes, row: Row },
    /// A table that a serializable transaction has read or written.
    Table { table: usize, contents: Arc<MemoryTable> },
    /// A value that nobody had when a row was inserted unless somebody has it: whoever asked was told that it was.
    Free { table: usize, columns: Columns, value: Bytes },
}

impl Guard {
    /// A guard over a committed row; none if there is no such row, because the transaction itself has made it.
    pub(crate) fn of_row(committed: &State, table: usize, key: &Bytes) -> Option<Self> {
        let row = committed.tables[table].get(key)?;
        Some(Self::Row { table, key: Bytes::clone(key), row: Row::clone(row) })
    }

    /// A guard over a committed table.
    pub(crate) fn of_table(committed: &State, table: usize) -> Self {
        Self::Table { table, contents: Arc::clone(&committed.tables[table]) }
    }

    /// Whether nothing has changed. Whatever is written is a new object, so identity tells.
    pub(crate) fn holds(&self, newest: &State) -> bool {
        match self {
            Self::Row { table, key, row } => {
                newest.tables[*table].get(key).is_some_and(|now| Arc::ptr_eq(now, row))
            }
            Self::Table { table, contents } => Arc::ptr_eq(&newest.tables[*table], contents),
            Self::Free { table, columns, value } => newest.tables[*table].holders(*columns, value).is_empty(),
        }
    }
}
