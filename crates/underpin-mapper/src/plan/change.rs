//! What a plan is made from.

use underpin_core::{CellError, ColumnSet, Encoder};
use underpin_schema::TableDef;
use underpin_sql::{CellOf, WriteKind};

/// One row that shall be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// Which row of its table's set.
    pub row: usize,
    /// What is done.
    pub kind: WriteKind,
    /// The columns that are written; none for a delete.
    pub columns: ColumnSet,
    /// The columns that come back.
    pub returning: ColumnSet,
}

/// A row that names another one, whose key nobody knows before it is inserted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// The set of the row.
    pub set: usize,
    /// Which row of the set.
    pub row: usize,
    /// The set of the row that it names.
    pub on_set: usize,
    /// Which row of that set.
    pub on_row: usize,
}

/// The rows of one table, as a plan sees them.
pub trait PlanTable: Sync {
    /// The table.
    fn def(&self) -> &'static TableDef;

    /// Writes one cell of a row.
    ///
    /// # Errors
    /// If the value does not fit.
    fn encode(&self, row: usize, cell: CellOf, out: &mut dyn Encoder) -> Result<(), CellError>;

    /// The key of a row as text, for an error.
    fn key_text(&self, row: usize) -> String;

    /// Sorts rows by their keys, so that concurrent units of work lock them in one order.
    fn sort_by_key(&self, rows: &mut [usize]);
}
