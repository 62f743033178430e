//! The counters of identity columns. As sequences do, they never go back, whatever becomes of a transaction.

use std::sync::atomic::{AtomicI64, Ordering};

use underpin_core::{CellError, ColumnType, Datum, Error, Result};

use crate::rules::Rules;

/// One counter for each column of each table; those of columns that are not counted stay where they are.
pub(crate) struct Counters(Vec<Vec<AtomicI64>>);

impl Counters {
    pub(crate) fn new(rules: &Rules) -> Self {
        let of_table = |columns: usize| (0..columns).map(|_| AtomicI64::new(0)).collect();
        Self(rules.tables.iter().map(|table| of_table(table.def.columns.len())).collect())
    }

    /// The next number of a column, from 1 on.
    pub(crate) fn next(&self, rules: &Rules, table: usize, column: usize) -> Result<Datum> {
        let number = self.0[table][column].fetch_add(1, Ordering::Relaxed).saturating_add(1);
        let def = rules.tables[table].def;
        counted(def.columns[column].ty, number)
            .map_err(|why| Error::value(def.name, def.columns[column].name, why))
    }
}

/// A number that was counted, if the column can hold it.
pub(crate) fn counted(ty: ColumnType, number: i64) -> std::result::Result<Datum, CellError> {
    Datum::take(ty, |out| Datum::Int(number).encode(ty, out))
}
