//! INSERT of one row.

use underpin_core::{Error, Result, Violation};

use super::Statement;
use super::foreign_key::Event;
use super::not_null::check_not_null;
use crate::table::{Bytes, Row, value};

impl Statement<'_> {
    pub(super) fn insert(&mut self, table: usize, row: Row) -> Result<()> {
        let key = self.key_of(table, &row)?;
        self.check_unique(table, &key, &row, None)?;
        let rules = self.table(table);
        for (number, foreign) in self.rules.keys_of(table) {
            if let Some(value) = value(rules, rules.positions(foreign.columns), &row) {
                self.events.push_back(Event::Named { key: number, value });
            }
        }
        self.state.table_mut(table).put(rules, key, row);
        Ok(())
    }

    /// The key of a row whose values are complete.
    pub(super) fn key_of(&self, table: usize, row: &Row) -> Result<Bytes> {
        let rules = self.table(table);
        check_not_null(rules, row)?;
        // Without a NULL there is a key.
        value(rules, rules.def.primary_key, row).ok_or_else(|| {
            Error::violated(Violation::NotNull, None, Some(rules.def.name.to_owned()), None, None)
        })
    }
}
