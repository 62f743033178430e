//! DELETE of one row.

use underpin_core::{Error, Result};

use super::Statement;
use super::foreign_key::Event;
use crate::table::{Bytes, Row, value};

impl Statement<'_> {
    /// Removes a row that is there, and gives it.
    pub(super) fn delete(&mut self, table: usize, key: &Bytes) -> Result<Row> {
        let rules = self.table(table);
        let row = self.state.table_mut(table).take(rules, key).ok_or_else(lost)?;
        for (number, foreign) in self.rules.keys_to(table) {
            if let Some(value) = value(rules, rules.positions(foreign.targets), &row) {
                self.events.push_back(Event::Deleted { key: number, value });
            }
        }
        Ok(row)
    }
}

/// The error of a row that was found and is not there.
pub(super) fn lost() -> Error {
    Error::usage("the in-memory store has lost a row", "report this as a defect")
}
