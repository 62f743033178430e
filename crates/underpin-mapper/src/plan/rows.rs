//! A planned group as the rows that a driver pulls.

use underpin_core::{CellError, Encoder};
use underpin_sql::{CellOf, Rows};

use super::{PlanTable, PlannedGroup};

/// The rows of a planned group, with their cells from the identity map.
pub(crate) struct GroupRows<'a> {
    pub(crate) table: &'a dyn PlanTable,
    pub(crate) group: &'a PlannedGroup,
}

impl Rows for GroupRows<'_> {
    fn len(&self) -> usize {
        self.group.rows.len()
    }

    fn encode(&self, row: usize, cell: CellOf, out: &mut dyn Encoder) -> Result<(), CellError> {
        let Some(planned) = self.group.rows.get(row) else {
            return Err(CellError::OutOfRange("the group has fewer rows"));
        };
        if let (CellOf::New(position), false) = (cell, planned.instead.is_empty()) {
            if let Some((_, datum)) = planned.instead.iter().find(|(column, _)| *column == position) {
                let ty = self.group.table.columns.get(position).map(|column| column.ty);
                return datum.encode(ty.unwrap_or(underpin_core::ColumnType::Text), out);
            }
        }
        self.table.encode(planned.row, cell, out)
    }

    fn key_text(&self, row: usize) -> String {
        self.group.rows.get(row).map_or_else(String::new, |planned| self.table.key_text(planned.row))
    }
}
