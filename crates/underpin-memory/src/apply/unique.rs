//! Values that may not repeat: the primary key, UNIQUE, unique indexes over columns.

use underpin_core::{Error, OwnedRow, Result, Violation};

use super::Statement;
use crate::rules::TableRules;
use crate::state::Deferred;
use crate::table::{Bytes, value};

impl Statement<'_> {
    /// Refuses a row whose values are taken. `before` is what the row was, if it was there; it is out of the table.
    pub(super) fn check_unique(
        &mut self,
        table: usize,
        key: &Bytes,
        row: &OwnedRow,
        before: Option<&OwnedRow>,
    ) -> Result<()> {
        let rules = self.table(table);
        if self.state.tables[table].get(key).is_some() {
            return Err(taken(rules, &rules.primary_key));
        }
        for (rule, unique) in rules.uniques.iter().enumerate() {
            let columns = rules.positions(unique.columns);
            let Some(new) = value(rules, columns, row) else { continue };
            let kept = before.and_then(|before| value(rules, columns, before)).is_some_and(|old| old == new);
            if kept || self.state.tables[table].holders(unique.columns, &new).is_empty() {
                continue;
            }
            if !unique.deferred {
                return Err(taken(rules, &unique.name));
            }
            self.state.deferred.insert(Deferred::Unique { table, rule, value: new });
        }
        Ok(())
    }
}

/// The error of a value that is taken.
pub(super) fn taken(rules: &TableRules, constraint: &str) -> Error {
    Error::violated(
        Violation::Unique,
        Some(constraint.to_owned()),
        Some(rules.def.name.to_owned()),
        None,
        None,
    )
}
