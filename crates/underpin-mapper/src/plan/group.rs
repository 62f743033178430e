//! A plan: an ordered list of groups.

use underpin_core::{ColumnSet, Datum};
use underpin_schema::TableDef;
use underpin_sql::WriteKind;

/// What a flush will do, in order.
#[derive(Debug, Default)]
pub struct FlushPlan {
    /// The groups, each one statement where the dialect takes many rows at once.
    pub groups: Vec<PlannedGroup>,
}

/// Rows of one table that are written alike.
#[derive(Debug)]
pub struct PlannedGroup {
    /// Which of the sets that the plan was made from.
    pub set: usize,
    /// Its table.
    pub table: &'static TableDef,
    /// What is done.
    pub kind: WriteKind,
    /// The columns that are written.
    pub columns: ColumnSet,
    /// The columns that come back.
    pub returning: ColumnSet,
    /// Whether the row's version is checked and counted up. Not for the extra statement that breaks a cycle.
    pub versioned: bool,
    /// Whether rows of the group depend on each other, so that they must stay in one statement and in this order.
    pub together: bool,
    /// The rows, in order.
    pub rows: Vec<PlannedRow>,
}

/// One row of a group.
#[derive(Debug)]
pub struct PlannedRow {
    /// Which row of the set.
    pub row: usize,
    /// Columns that hold something else for the time being, because a cycle had to be broken.
    pub instead: Vec<(usize, Datum)>,
}
