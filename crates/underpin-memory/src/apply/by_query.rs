//! UPDATE and DELETE of the rows that a condition finds.

use underpin_core::{CellError, Datum, Error, OwnedRow, Result};

use super::Statement;
use super::delete::lost;
use crate::identity::counted;
use crate::log::ByQuery;
use crate::query::{Around, Expr};
use crate::table::{Bytes, Row};

impl Statement<'_> {
    /// Changes all rows that are found, and gives them; deleted ones as they were.
    pub(super) fn by_query(&mut self, query: &ByQuery) -> Result<Vec<Row>> {
        let keys = query.keys(self.state, self.now)?;
        // All values are those of the state before the statement.
        let values = keys.iter().map(|key| self.values_of(query, key)).collect::<Result<Vec<_>>>()?;
        let each = keys.iter().zip(values).map(|(key, values)| match values {
            None => self.delete(query.table, key),
            Some(values) => self.set_found(query.table, key, |_| values),
        });
        each.collect()
    }

    /// What an update sets in a row; `None` of a delete.
    fn values_of(&self, query: &ByQuery, key: &Bytes) -> Result<Option<Vec<(usize, Datum)>>> {
        let Some(set) = &query.set else { return Ok(None) };
        let table = self.table(query.table).def;
        let row = self.state.tables[query.table].get(key).cloned().ok_or_else(lost)?;
        let item = [Some((Bytes::clone(key), row))];
        let around = Around::of(self.state, self.now);
        let here = around.with(&item, &[]);
        let value = |(column, value): &(usize, Expr)| {
            let of = &table.columns[*column];
            let value = here.value(value)?;
            let value = Datum::take(of.ty, |out| value.encode(of.ty, out))
                .map_err(|why| Error::value(table.name, of.name, why))?;
            Ok((*column, value))
        };
        set.iter().map(value).collect::<Result<_>>().map(Some)
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
