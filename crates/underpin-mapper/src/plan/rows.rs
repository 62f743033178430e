//! A planned group as the rows that a driver pulls.

use underpin_core::{CellError, Encoder};
use underpin_sql::{CellOf, Rows};

use super::{PlanTable, PlannedGroup, PlannedRow};

/// How many rows travel in one statement. The server then works on some while the next ones are encoded, and no message
/// becomes huge; more rows gain nothing.
const PORTION: usize = 5_000;

/// Some rows of a planned group, with their cells from the identity map.
pub(crate) struct GroupRows<'a> {
    pub(crate) group: &'a PlannedGroup,
    table: &'a dyn PlanTable,
    rows: &'a [PlannedRow],
}

impl<'a> GroupRows<'a> {
    /// The rows of a group in portions, or all at once if they depend on each other.
    pub(crate) fn portions(
        table: &'a dyn PlanTable,
        group: &'a PlannedGroup,
    ) -> impl Iterator<Item = GroupRows<'a>> {
        let size = if group.together { group.rows.len().max(1) } else { PORTION };
        group.rows.chunks(size).map(move |rows| GroupRows { group, table, rows })
    }

    /// Which rows of the table's set they are.
    pub(crate) fn positions(&self) -> Vec<usize> {
        self.rows.iter().map(|row| row.row).collect()
    }
}

impl Rows for GroupRows<'_> {
    fn len(&self) -> usize {
        self.rows.len()
    }

    fn encode(&self, row: usize, cell: CellOf, out: &mut dyn Encoder) -> Result<(), CellError> {
        let Some(planned) = self.rows.get(row) else {
            return Err(CellError::OutOfRange("the group has fewer rows"));
        };
        if let CellOf::New(position) = cell
            && let Some((_, datum)) = planned.instead.iter().find(|(column, _)| *column == position)
            && let Some(column) = self.group.table.columns.get(position)
        {
            return datum.encode(column.ty, out);
        }
        self.table.encode(planned.row, cell, out)
    }

    fn key_text(&self, row: usize) -> String {
        self.rows.get(row).map_or_else(String::new, |planned| self.table.key_text(planned.row))
    }
}
