//! UPDATE of one row.

use underpin_core::{CellError, Datum, Error, Result};

use super::Statement;
use super::delete::lost;
use super::foreign_key::Event;
use crate::group::{Group, Target};
use crate::identity::counted;
use crate::table::{Bytes, Row, value};

impl Statement<'_> {
    /// Writes the columns of a group, counts the version up if it is checked, and gives the new row.
    pub(super) fn update(
        &mut self,
        group: &Group,
        index: usize,
        target: &Target,
        cells: &[Datum],
    ) -> Result<Row> {
        let key = self.find(group.table, index, target)?;
        let def = self.table(group.table).def;
        let mut row = self.state.tables[group.table].get(&key).map(|row| (**row).clone()).ok_or_else(lost)?;
        for (column, cell) in group.columns.iter().zip(cells) {
            row.0[column] = cell.clone();
        }
        if let (Some(version), Some(column)) = (target.version, def.version()) {
            let next = version.checked_add(1).ok_or(CellError::OutOfRange("64 bits"));
            row.0[column] = next
                .and_then(|next| counted(def.columns[column].ty, next))
                .map_err(|why| Error::value(def.name, def.columns[column].name, why))?;
        }
        let row = Row::new(row);
        self.replace(group.table, &key, Row::clone(&row))?;
        Ok(row)
    }

    /// Puts a row in the place of one that is there.
    pub(super) fn replace(&mut self, table: usize, key: &Bytes, row: Row) -> Result<()> {
        let rules = self.table(table);
        let new_key = self.key_of(table, &row)?;
        let before = self.state.table_mut(table).take(rules, key).ok_or_else(lost)?;
        self.check_unique(table, &new_key, &row, Some(&before))?;
        for (number, foreign) in self.rules.keys_of(table) {
            let columns = rules.positions(foreign.columns);
            let (old, new) = (value(rules, columns, &before), value(rules, columns, &row));
            if let Some(value) = new.filter(|new| old.as_ref() != Some(new)) {
                self.events.push_back(Event::Named { key: number, value });
            }
        }
        for (number, foreign) in self.rules.keys_to(table) {
            let columns = rules.positions(foreign.targets);
            let (old, new) = (value(rules, columns, &before), value(rules, columns, &row));
            if let Some(value) = old.filter(|old| new.as_ref() != Some(old)) {
                self.events.push_back(Event::Moved { key: number, value, to: Row::clone(&row) });
            }
        }
        self.state.table_mut(table).put(rules, new_key, row);
        Ok(())
    }
}
