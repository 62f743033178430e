//! Reading rows of a state.

use std::collections::{BTreeMap, HashSet};

use underpin_core::{Datum, Encoder, Error, Result};
use underpin_sql::{CellOf, Lock, Order, Query, Rows, Select, Tree};

use super::condition::{Condition, needs_database};
use super::intake::read_key;
use super::order::{Key, compare_rows};
use super::rules::Rules;
use super::state::State;
use super::table::{Bytes, Row, value};
use crate::key_bytes::key_bytes;

/// What a query found.
pub(super) struct Found {
    /// The table that was read.
    pub(super) table: usize,
    /// The rows with their keys, in order.
    pub(super) rows: Vec<(Bytes, Row)>,
    /// Whether the query asks for the rows to be locked.
    pub(super) locked: bool,
}

/// Runs a query.
///
/// # Errors
/// If a value of it does not fit its column, or it cannot be evaluated without a database.
pub(super) fn select(rules: &Rules, state: &State, query: &Query<'_>) -> Result<Found> {
    let table = rules.position(query.table())?;
    let (rows, lock) = match query {
        Query::Keys { keys, lock, .. } => (by_key(rules, state, table, *keys)?, *lock),
        Query::Referring { columns, to, .. } => (referring(rules, state, table, columns, *to)?, Lock::None),
        Query::Select(select) => (by_condition(rules, state, table, select)?, select.lock),
        _ => return Err(needs_database(query.table())),
    };
    Ok(Found { table, rows, locked: lock != Lock::None })
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
    let by = columns.iter().chain(rules.def.primary_key);
    let order: Vec<Order> = by.map(|column| Order::asc(Tree::column(rules.def, *column))).collect();
    let order = Key::all(rules.def, &order)?;
    rows.sort_by(|(_, a), (_, b)| compare_rows(&order, a, b));
    Ok(rows)
}

fn by_condition(rules: &Rules, state: &State, table: usize, select: &Select) -> Result<Vec<(Bytes, Row)>> {
    let def = rules.tables[table].def;
    if !select.is_plain() {
        return Err(needs_database(def));
    }
    let condition = select.filter.as_ref().map(|filter| Condition::of(def, filter)).transpose()?;
    let order = Key::all(def, &select.order)?;
    let holds = |row: &Row| condition.as_ref().is_none_or(|condition| condition.holds(row) == Some(true));
    let mut rows: Vec<(Bytes, Row)> = state.tables[table]
        .rows()
        .filter(|(_, row)| holds(row))
        .map(|(key, row)| (Bytes::clone(key), Row::clone(row)))
        .collect();
    if !order.is_empty() {
        rows.sort_by(|(_, a), (_, b)| compare_rows(&order, a, b));
    }
    let count = |rows: u64| usize::try_from(rows).unwrap_or(usize::MAX);
    let offset = select.offset.map_or(0, count).min(rows.len());
    rows.drain(..offset);
    rows.truncate(select.limit.map_or(usize::MAX, count));
    Ok(rows)
}
