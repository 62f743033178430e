//! One group of writes with its values, so that it can be executed again on a newer state.

use underpin_core::{ColumnSet, Datum, OwnedRow};
use underpin_schema::TableDef;

use crate::rules::Columns;
use crate::table::{Bytes, Row};

/// Rows of one table that are written alike: one statement. Generated values are among the cells already, so that
/// executing it again gives the same rows.
pub(crate) struct Group {
    pub(crate) table: usize,
    /// The columns that an update writes, besides the version.
    pub(crate) columns: ColumnSet,
    /// The columns that come back.
    pub(crate) returning: ColumnSet,
    pub(crate) changes: Vec<Change>,
    /// What happens to an insert where a row is there already; `None`: it is refused.
    pub(crate) conflict: Option<OnConflict>,
}

/// What happens where a new row meets one with equal values.
pub(crate) struct OnConflict {
    /// Of which columns.
    pub(crate) columns: Columns,
    /// What the row that is there takes over; nothing: it stays as it is.
    pub(crate) update: ColumnSet,
}

/// What is done to one row.
pub(crate) enum Change {
    /// A new row, all columns.
    Insert(Row),
    /// New values for the columns of the group, ascending.
    Update(Target, Vec<Datum>),
    Delete(Target),
}

/// A row that must be there.
pub(crate) struct Target {
    /// `None` if a column of the key is NULL: no row has such a key.
    pub(crate) key: Option<Bytes>,
    /// The key as text, for an error.
    pub(crate) text: String,
    /// The version that it must have, if that is checked.
    pub(crate) version: Option<i64>,
}

impl Group {
    /// The new rows.
    pub(crate) fn inserts(&self) -> impl Iterator<Item = &Row> {
        self.changes.iter().filter_map(|change| match change {
            Change::Insert(row) => Some(row),
            Change::Update(..) | Change::Delete(_) => None,
        })
    }

    /// The rows that must be there.
    pub(crate) fn targets(&self) -> impl Iterator<Item = &Target> {
        self.changes.iter().filter_map(|change| match change {
            Change::Insert(_) => None,
            Change::Update(target, _) | Change::Delete(target) => Some(target),
        })
    }
}

impl Target {
    /// Whether a row has the version that it must have.
    pub(crate) fn is_met_by(&self, row: &OwnedRow, table: &TableDef) -> bool {
        let Some(expected) = self.version else { return true };
        let found = table.version().and_then(|column| row.0.get(column));
        matches!(found, Some(Datum::Int(found)) if *found == expected)
    }
}
