//! Rows to be written, as a driver pulls them: cell by cell, straight into its buffer.

use underpin_core::{CellError, ColumnSet, Encoder, Key};
use underpin_schema::TableDef;

/// Rows that a driver encodes itself, row by row or column by column as its protocol wants it.
pub trait Rows: Sync {
    /// How many rows there are.
    fn len(&self) -> usize;

    /// Whether there is none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Writes one cell.
    ///
    /// # Errors
    /// If the value does not fit its column.
    fn encode(&self, row: usize, cell: CellOf, out: &mut dyn Encoder) -> Result<(), CellError>;

    /// The primary key of a row as text, for an error.
    fn key_text(&self, row: usize) -> String;
}

/// Rows that a driver takes portion by portion, so that memory stays bounded however many they are.
pub trait RowSource: Send {
    /// The next portion, with the columns that it writes; `None` after the last.
    fn portion(&mut self) -> Option<(ColumnSet, &dyn Rows)>;
}

/// A single portion.
impl<R: Rows> RowSource for Option<(ColumnSet, &R)> {
    fn portion(&mut self) -> Option<(ColumnSet, &dyn Rows)> {
        self.take().map(|(columns, rows)| (columns, rows as &dyn Rows))
    }
}

/// Which cell of a row is meant; positions are those of the table's columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CellOf {
    /// What the column shall hold.
    New(usize),
    /// What the column held when the row was loaded: key and version, by which the row is found.
    Old(usize),
}

/// Rows that consist of their key alone: what a look-up by key sends.
pub struct KeyRows<'a, K> {
    table: &'static TableDef,
    keys: &'a [K],
}

impl<'a, K: Key> KeyRows<'a, K> {
    /// The keys of rows of a table.
    #[must_use]
    pub fn new(table: &'static TableDef, keys: &'a [K]) -> Self {
        Self { table, keys }
    }
}

impl<K: Key> Rows for KeyRows<'_, K> {
    fn len(&self) -> usize {
        self.keys.len()
    }

    fn encode(&self, row: usize, cell: CellOf, out: &mut dyn Encoder) -> Result<(), CellError> {
        let (CellOf::Old(column) | CellOf::New(column)) = cell;
        let position = self.table.primary_key.iter().position(|key| *key == column);
        match (self.keys.get(row), position) {
            (Some(key), Some(position)) => key.encode(position, out),
            _ => Err(CellError::OutOfRange("a key has the columns of the primary key only")),
        }
    }

    fn key_text(&self, row: usize) -> String {
        self.keys.get(row).map_or_else(String::new, |key| format!("{key:?}"))
    }
}
