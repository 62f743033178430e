//! The trait of a row struct.

use underpin_core::{CellError, Cells, ColumnSet, Encoder, Key};

use crate::TableDef;

/// A row struct: its definition *is* the table's definition. Implemented by `#[derive(Table)]`.
///
/// Positions are those of [`TableDef::columns`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a row of a table",
    note = "add `#[derive(Table)]` and `#[table(name = \"..\")]` to the struct"
)]
pub trait Table: RowStruct<Itself = Self> + Sized + Send + Sync + 'static {
    /// The primary key: the type of its one field, or a tuple.
    type Key: Key;

    /// The definition.
    fn def() -> &'static TableDef;

    /// The primary key of this row.
    fn key(&self) -> Self::Key;

    /// Writes one column.
    ///
    /// # Errors
    /// If the value does not fit.
    fn encode(&self, position: usize, out: &mut dyn Encoder) -> Result<(), CellError>;

    /// Reads a row whose cells are all columns in the order of the definition.
    ///
    /// # Errors
    /// The position of the column that could not be read, and why.
    fn decode(cells: &dyn Cells) -> Result<Self, ColumnFailure>;

    /// Reads one column from the cell at `cell` into this row: a generated value.
    ///
    /// # Errors
    /// If the cell does not hold such a value.
    fn assign(&mut self, position: usize, cells: &dyn Cells, cell: usize) -> Result<(), CellError>;

    /// A copy. Not `Clone`, so that a row struct need not derive it.
    #[must_use]
    fn duplicate(&self) -> Self;

    /// The columns in which the rows differ.
    fn diff(&self, other: &Self) -> ColumnSet;

    /// The columns that are left to the database.
    fn unset(&self) -> ColumnSet;

    /// The columns that are NULL.
    fn nulls(&self) -> ColumnSet;

    /// Fills in application defaults where the row leaves a value out.
    fn fill_defaults(&mut self);

    /// Sets the values that are set anew at each update.
    fn touch(&mut self);

    /// The columns whose values are set anew at each update.
    fn renewed() -> ColumnSet;

    /// Writes the value that a column gets at each update, if it has one that needs no row: an update by query has none.
    fn renew(position: usize, out: &mut dyn Encoder) -> Option<Result<(), CellError>>;

    /// The row's version, if its table counts one.
    fn version(&self) -> Option<i64>;

    /// Sets the version, if the table counts one.
    fn set_version(&mut self, version: i64);
}

/// A row struct, as a type that there is of nothing else. Implemented by `#[derive(Table)]`.
///
/// What is asked for rows of something else has no type then, so that the compiler names the mistake, and does not
/// complain of each further method of the chain.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a row of a table",
    note = "add `#[derive(Table)]` and `#[table(name = \"..\")]` to the struct"
)]
pub trait RowStruct {
    /// The row struct.
    type Itself: Table;
}

/// Which column could not be read, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColumnFailure {
    /// Position of the column.
    pub position: usize,
    /// Why.
    pub error: CellError,
}
