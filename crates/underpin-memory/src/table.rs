//! The rows of one table in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use underpin_core::{OwnedRow, key_bytes};

use crate::rules::{Columns, TableRules};

/// Values of columns as bytes; the bytes of a primary key name a row.
pub(crate) type Bytes = Arc<[u8]>;

/// A row, shared by all states that hold it. A row that is written is a new one.
pub(crate) type Row = Arc<OwnedRow>;

/// The rows of one table, by primary key, and where the values of certain columns are found. A copy shares the rows.
#[derive(Clone)]
pub(crate) struct MemoryTable {
    rows: BTreeMap<Bytes, Row>,
    /// For each list of columns, its values and the keys of the rows that have them. NULL is not among them.
    lists: Vec<BTreeSet<(Bytes, Bytes)>>,
}

impl MemoryTable {
    pub(crate) fn new(rules: &TableRules) -> Self {
        Self { rows: BTreeMap::new(), lists: vec![BTreeSet::new(); rules.lists.len()] }
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn get(&self, key: &Bytes) -> Option<&Row> {
        self.rows.get(key)
    }

    /// All rows with their keys, in the order of their keys' bytes.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (&Bytes, &Row)> {
        self.rows.iter()
    }

    /// The keys of the rows that hold these values.
    pub(crate) fn holders(&self, columns: Columns, value: &Bytes) -> Vec<Bytes> {
        match columns {
            Columns::Key => {
                self.rows.get_key_value(value).map(|(key, _)| Arc::clone(key)).into_iter().collect()
            }
            Columns::List(list) => {
                let from = (Arc::clone(value), Bytes::from([]));
                let same = self.lists[list].range(from..).take_while(|(of, _)| of == value);
                same.map(|(_, key)| Arc::clone(key)).collect()
            }
        }
    }

    /// Adds a row under its key, where no row is.
    pub(crate) fn put(&mut self, rules: &TableRules, key: Bytes, row: Row) {
        for (list, columns) in rules.lists.iter().enumerate() {
            if let Some(value) = value(rules, columns, &row) {
                self.lists[list].insert((value, Arc::clone(&key)));
            }
        }
        self.rows.insert(key, row);
    }

    /// Removes a row.
    pub(crate) fn take(&mut self, rules: &TableRules, key: &Bytes) -> Option<Row> {
        let row = self.rows.remove(key)?;
        for (list, columns) in rules.lists.iter().enumerate() {
            if let Some(value) = value(rules, columns, &row) {
                self.lists[list].remove(&(value, Arc::clone(key)));
            }
        }
        Some(row)
    }
}

/// The values of a row in some columns; `None` if one of them is NULL.
pub(crate) fn value(rules: &TableRules, columns: &[usize], row: &OwnedRow) -> Option<Bytes> {
    let bytes =
        key_bytes(columns, |column, out| match (row.0.get(*column), rules.def.columns.get(*column)) {
            (Some(datum), Some(def)) => datum.encode(def.ty, out),
            _ => out.null(),
        });
    bytes.map(Bytes::from)
}
