//! INSERT of one row that may be there already.

use underpin_core::Result;

use super::Statement;
use crate::group::OnConflict;
use crate::table::{Row, value};

impl Statement<'_> {
    /// Inserts a row, or changes the one that has its values. Gives what is there now, if something was done.
    pub(super) fn upsert(&mut self, table: usize, row: &Row, conflict: &OnConflict) -> Result<Option<Row>> {
        let rules = self.table(table);
        let holder = value(rules, rules.positions(conflict.columns), row)
            .and_then(|value| self.state.tables[table].holders(conflict.columns, &value).pop());
        match holder {
            None => {
                self.insert(table, Row::clone(row))?;
                Ok(Some(Row::clone(row)))
            }
            Some(_) if conflict.update.is_empty() => Ok(None),
            Some(key) => {
                let new = |column: usize| row.0.get(column).cloned().map(|value| (column, value));
                let values = conflict.update.iter().filter_map(new).collect();
                self.set_found(table, &key, |_| values).map(Some)
            }
        }
    }
}
