//! Reading rows of a state.

use std::collections::{BTreeMap, HashSet};

use underpin_core::{Datum, Encoder, Error, Result, key_bytes};
use underpin_sql::{CellOf, Lock, Query, Rows, Select};

use crate::compare::compare_rows;
use crate::intake::read_key;
use crate::query::{self, Around};
use crate::rules::Rules;
use crate::state::State;
use crate::table::{Bytes, Row, value};

/// What a query found.
pub(crate) struct Found {
    /// The tables that were read, the one of the rows first.
    pub(crate) tables: Vec<usize>,
    /// The rows with their keys, in order.
    pub(crate) rows: Vec<(Bytes, Row)>,
    /// Whether the query asks for the rows to be locked.
    pub(crate) locked: bool,
}

/// Runs a query.
///
/// # Errors
/// If a value of it does not fit its column, or it cannot be evaluated without a database.
pub(crate) fn select(rules: &Rules, state: &State, now: i64, query: &Query<'_>) -> Result<Found> {
    if let Query::Select(select) = query {
        let rows = by_condition(&Around::of(state, now), rules, select)?;
        let locked = select.lock != Lock::None;
        return Ok(Found { tables: tables(rules, select)?, rows, locked });
    }
    let table = rules.position(query.table())?;
    let (rows, lock) = match query {
        Query::Keys { keys, lock, .. } => (by_key(rules, state, table, *keys)?, *lock),
        Query::Referring { columns, to, .. } => (referring(rules, state, table, columns, *to)?, Lock::None),
        _ => (Vec::new(), Lock::None),
    };
    Ok(Found { tables: vec![table], rows, locked: lock != Lock::None })
}

/// The tables that a query reads itself; of those that stand in its conditions only a serializable transaction would ask.
fn tables(rules: &Rules, select: &Select) -> Result<Vec<usize>> {
    let joined = select.joins.iter().map(|join| join.source.table);
    std::iter::once(select.from.table).chain(joined).map(|table| rules.position(table)).collect()
}

/// The rows with these keys, each once.
fn by_key(rules: &Rules, state: &State, table: usize, keys: &dyn Rows) -> Result<Vec<(Bytes, Row)>> {
    let def = rules.tables[table].def;
    let mut found = BTreeMap::new();
    for row in 0..keys.len() {
        let key = read_key(def, |cell| {
            let (CellOf::New(column) | CellOf::Old(column)) = cell;
            let column = &def.columns[column];
            Datum::take(column.ty, |out| keys.encode(row, cell, out))
                .map_err(|why| Error::value(def.name, column.name, why))
        })?;
        if let Some((key, row)) =
            key.and_then(|key| state.tables[table].get(&key).cloned().map(|row| (key, row)))
        {
            found.insert(key, row);
        }
    }
    Ok(found.into_iter().collect())
}

/// The rows whose columns hold one of these, by what they hold, then by key.
fn referring(
    rules: &Rules,
    state: &State,
    table: usize,
    columns: &'static [usize],
    to: &dyn Rows,
) -> Result<Vec<(Bytes, Row)>> {
    let rules = &rules.tables[table];
    let mut asked = HashSet::new();
    for row in 0..to.len() {
        let encode = |column: &usize, out: &mut dyn Encoder| to.encode(row, CellOf::Old(*column), out);
        asked.extend(key_bytes(columns, encode).map(Bytes::from));
    }
    let refers = |row: &Row| value(rules, columns, row).is_some_and(|bytes| asked.contains(&bytes));
    let mut rows: Vec<(Bytes, Row)> = state.tables[table]
        .rows()
        .filter(|(_, row)| refers(row))
        .map(|(key, row)| (Bytes::clone(key), Row::clone(row)))
        .collect();
    let by: Vec<usize> = columns.iter().chain(rules.def.primary_key).copied().collect();
    rows.sort_by(|(_, a), (_, b)| compare_rows(rules.def, &by, a, b));
    Ok(rows)
}

fn by_condition(around: &Around<'_>, rules: &Rules, select: &Select) -> Result<Vec<(Bytes, Row)>> {
    let found = query::rows(&query::plan(rules, select)?, around)?;
    let none = || Bytes::from([]);
    Ok(found.into_iter().map(|found| (found.key.unwrap_or_else(none), found.row)).collect())
}
