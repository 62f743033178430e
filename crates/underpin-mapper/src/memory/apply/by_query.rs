//! UPDATE and DELETE of the rows that a condition finds.

use underpin_core::{CellError, Datum, Error, OwnedRow, Result};

use super::Statement;
use super::delete::lost;
use crate::memory::identity::counted;
use crate::memory::log::ByQuery;
use crate::memory::table::{Bytes, Row};

impl Statement<'_> {
    /// Changes all rows that are found, and gives them; deleted ones as they were.
    pub(super) fn by_query(&mut self, query: &ByQuery) -> Result<Vec<Row>> {
        let keys = query.keys(self.state);
        keys.iter()
            .map(|key| match &query.set {
                None => self.delete(query.table, key),
                Some(set) => {
                    let values = |row: &OwnedRow| {
                        let value = |(column, value): &(usize, _)| (*column, cell(value, row));
                        set.iter().map(value).collect()
                    };
                    self.set_found(query.table, key, values)
                }
            })
            .collect()
    }

    /// Gives a row that is there new values, counts its version, and gives it as it is now.
    pub(super) fn set_found(
        &mut self,
        table: usize,
        key: &Bytes,
        values: impl FnOnce(&OwnedRow) -> Vec<(usize, Datum)>,
    ) -> Result<Row> {
        let def = self.table(table).def;
        let old = self.state.tables[table].get(key).cloned().ok_or_else(lost)?;
        let mut row = (*old).clone();
        for (column, value) in values(&old) {
            row.0[column] = value;
        }
        if let Some(column) = def.version() {
            let version = match row.0.get(column) {
                Some(Datum::Int(version)) => version.checked_add(1),
                _ => None,
            };
            let next = version.ok_or(CellError::OutOfRange("64 bits"));
            row.0[column] = next
                .and_then(|next| counted(def.columns[column].ty, next))
                .map_err(|why| Error::value(def.name, def.columns[column].name, why))?;
        }
        let row = Row::new(row);
        self.replace(table, key, Row::clone(&row))?;
        Ok(row)
    }
}

fn cell(value: &crate::memory::condition::Operand, row: &OwnedRow) -> Datum {
    value.value(row).cloned().unwrap_or(Datum::Null)
}
