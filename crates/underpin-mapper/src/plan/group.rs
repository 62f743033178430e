//! A plan: an ordered list of groups.

use std::collections::HashSet;

use underpin_core::{ColumnSet, Datum, Error, Result};
use underpin_schema::TableDef;
use underpin_sql::WriteKind;

/// What a flush will do, in order.
#[derive(Debug, Default)]
pub struct FlushPlan {
    /// The groups, each one statement where the dialect takes many rows at once.
    pub groups: Vec<PlannedGroup>,
}

impl FlushPlan {
    /// How many groups are sent before one that names a key of theirs; `None` if all can be sent together.
    ///
    /// # Errors
    /// If one row is written on both sides.
    pub(crate) fn before_wait(&self) -> Result<Option<usize>> {
        let Some(first) = self.groups.iter().position(|group| group.waits) else { return Ok(None) };
        let (before, after) = self.groups.split_at(first);
        let rows = |groups: &'_ [PlannedGroup]| -> HashSet<(usize, usize)> {
            groups.iter().flat_map(|group| group.rows.iter().map(|row| (group.set, row.row))).collect()
        };
        if before.is_empty() || !rows(before).is_disjoint(&rows(after)) {
            let name = self.groups.get(first).map_or("", |group| group.table.name);
            return Err(Error::usage(
                format!(
                    "flush: rows of table {name} name keys that the database has yet to make, and depend on those \
                     rows in a circle as well"
                ),
                "flush the new rows first, and make the other changes afterwards",
            ));
        }
        Ok(Some(first))
    }
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
    /// Whether one of its rows names a row whose key comes back with an earlier group: those are sent first.
    pub waits: bool,
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
