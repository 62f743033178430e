//! The rows of a query: read, joined, filtered, grouped, ordered, cut.

use std::cmp::Ordering;

use underpin_core::{Datum, OwnedRow, Result};
use underpin_sql::{JoinKind, SetOperation};

use super::aggregate::aggregate;
use super::{Around, Distinct, Expr, Item, Key, Plan, Source};
use crate::compare::compare;
use crate::table::{Bytes, Row};

/// A row that a query gives.
pub(crate) struct Found {
    /// What is selected.
    pub(crate) row: Row,
    /// The key of the row of the first table, if it is one of a table.
    pub(crate) key: Option<Bytes>,
    /// What it is ordered by.
    keys: Vec<Datum>,
    /// What decides whether it counts once.
    once: Vec<Datum>,
}

/// Runs a query.
///
/// # Errors
/// If a value cannot be calculated.
pub(crate) fn rows(plan: &Plan, around: &Around<'_>) -> Result<Vec<Found>> {
    let joined = joined(plan, around)?;
    let mut found = match &plan.group {
        None => joined.iter().map(|row| give(plan, &around.with(row, &[]))).collect::<Result<Vec<_>>>()?,
        Some(group) => grouped(plan, group, &joined, around)?,
    };
    match &plan.distinct {
        Distinct::On(_) => {
            sort(&plan.order, &mut found);
            once(&mut found, |found| &found.once);
        }
        Distinct::Rows => {
            once(&mut found, |found| &found.row.0);
            sort(&plan.order, &mut found);
        }
        Distinct::No if plan.set.is_empty() => sort(&plan.order, &mut found),
        Distinct::No => {}
    }
    for (operation, other) in &plan.set {
        combine(*operation, &mut found, rows(other, around)?);
    }
    if !plan.set.is_empty() {
        for found in &mut found {
            let cell = |key: &Key| found.row.0.get(key.place).cloned().unwrap_or(Datum::Null);
            found.keys = plan.order.iter().map(cell).collect();
        }
        sort(&plan.order, &mut found);
    }
    found.drain(..plan.offset.min(found.len()));
    found.truncate(plan.limit.unwrap_or(usize::MAX));
    Ok(found)
}

fn read(source: &Source, around: &Around<'_>) -> Result<Vec<Item>> {
    Ok(match source {
        Source::Table(table) => {
            let rows = around.state.tables[*table].rows();
            rows.map(|(key, row)| Some((Bytes::clone(key), Row::clone(row)))).collect()
        }
        Source::Query(plan) => {
            let none = || Bytes::from([]);
            rows(plan, around)?.into_iter().map(|found| Some((none(), found.row))).collect()
        }
    })
}

/// The rows of all tables that belong together and pass the filter.
fn joined(plan: &Plan, around: &Around<'_>) -> Result<Vec<Vec<Item>>> {
    let mut rows: Vec<Vec<Item>> = read(&plan.from, around)?.into_iter().map(|item| vec![item]).collect();
    for (place, (kind, source, on)) in plan.joins.iter().enumerate() {
        let others = read(source, around)?;
        let mut met = vec![false; others.len()];
        let mut next = Vec::new();
        for row in rows {
            let before = next.len();
            for (other, met) in others.iter().zip(&mut met) {
                let mut both = row.clone();
                both.push(other.clone());
                if on.as_ref().map_or(Ok(true), |on| around.with(&both, &[]).holds(on))? {
                    *met = true;
                    next.push(both);
                }
            }
            if next.len() == before && matches!(kind, JoinKind::Left | JoinKind::Full) {
                let mut alone = row;
                alone.push(None);
                next.push(alone);
            }
        }
        if matches!(kind, JoinKind::Right | JoinKind::Full) {
            for (other, _) in others.into_iter().zip(met).filter(|(_, met)| !met) {
                let mut alone = vec![None; place + 1];
                alone.push(other);
                next.push(alone);
            }
        }
        rows = next;
    }
    let Some(filter) = &plan.filter else { return Ok(rows) };
    let mut kept = Vec::with_capacity(rows.len());
    for row in rows {
        if around.with(&row, &[]).holds(filter)? {
            kept.push(row);
        }
    }
    Ok(kept)
}

/// One row for each group; without a group, one for all.
fn grouped(plan: &Plan, by: &[Expr], rows: &[Vec<Item>], around: &Around<'_>) -> Result<Vec<Found>> {
    let mut groups: Vec<(Vec<Datum>, Vec<&[Item]>)> = Vec::new();
    if by.is_empty() {
        groups.push((Vec::new(), Vec::new()));
    }
    for row in rows {
        let here = around.with(row, &[]);
        let values = by.iter().map(|expr| here.value(expr)).collect::<Result<Vec<_>>>()?;
        match groups.iter_mut().find(|(known, _)| same(known, &values)) {
            Some((_, members)) => members.push(row),
            None => groups.push((values, vec![row])),
        }
    }
    let mut found = Vec::with_capacity(groups.len());
    for (_, members) in groups {
        let values = plan.aggregates.iter().map(|of| aggregate(of, &members, around));
        let values = values.collect::<Result<Vec<_>>>()?;
        let here = around.with(members.first().copied().unwrap_or_default(), &values);
        if plan.having.as_ref().map_or(Ok(true), |having| here.holds(having))? {
            found.push(give(plan, &here)?);
        }
    }
    Ok(found)
}

/// What is selected of a row.
fn give(plan: &Plan, here: &Around<'_>) -> Result<Found> {
    let first = here.row.first().and_then(Option::as_ref);
    let row = if plan.columns.is_empty() {
        first.map_or_else(Row::default, |(_, row)| Row::clone(row))
    } else {
        let cells = plan.columns.iter().map(|(expr, _)| here.value(expr));
        Row::new(OwnedRow(cells.collect::<Result<_>>()?))
    };
    let keys = plan.order.iter().filter_map(|key| key.by.as_ref()).map(|by| here.value(by));
    let once = match &plan.distinct {
        Distinct::On(by) => by.iter().map(|(expr, _)| here.value(expr)).collect::<Result<_>>()?,
        _ => Vec::new(),
    };
    let key = first.map(|(key, _)| Bytes::clone(key)).filter(|key| !key.is_empty());
    Ok(Found { row, key, keys: keys.collect::<Result<_>>()?, once })
}

/// Sorts rows by the keys that they have.
fn sort(order: &[Key], found: &mut [Found]) {
    if !order.is_empty() {
        found.sort_by(|a, b| compare_keys(order, &a.keys, &b.keys));
    }
}

pub(super) fn compare_keys(order: &[Key], a: &[Datum], b: &[Datum]) -> Ordering {
    let keys = order.iter().zip(a.iter().zip(b));
    let orders = keys.map(|(key, (a, b))| match (a, b) {
        (Datum::Null, Datum::Null) => Ordering::Equal,
        // Where NULLs stand is said for the result, whether it ascends or descends.
        (Datum::Null, _) if key.nulls_first => Ordering::Less,
        (Datum::Null, _) => Ordering::Greater,
        (_, Datum::Null) if key.nulls_first => Ordering::Greater,
        (_, Datum::Null) => Ordering::Less,
        (a, b) => {
            let order = compare(key.ty, a, b).unwrap_or(Ordering::Equal);
            if key.descends { order.reverse() } else { order }
        }
    });
    orders.into_iter().find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}

/// Whether values are equal, where NULL is equal to NULL.
fn same(a: &[Datum], b: &[Datum]) -> bool {
    a.iter().zip(b).all(|(a, b)| equal(a, b))
}

pub(super) fn equal(a: &Datum, b: &Datum) -> bool {
    match (a, b) {
        // NaN is equal to itself, and a zero to the other.
        (Datum::Float(a), Datum::Float(b)) => a == b || (a.is_nan() && b.is_nan()),
        (a, b) => a == b,
    }
}

fn once(found: &mut Vec<Found>, by: impl Fn(&Found) -> &Vec<Datum>) {
    let mut kept: Vec<Found> = Vec::with_capacity(found.len());
    for row in found.drain(..) {
        if !kept.iter().any(|known| same(by(known), by(&row))) {
            kept.push(row);
        }
    }
    *found = kept;
}

fn combine(operation: SetOperation, found: &mut Vec<Found>, others: Vec<Found>) {
    let among = |row: &Found, of: &[Found]| of.iter().any(|known| same(&known.row.0, &row.row.0));
    match operation {
        SetOperation::UnionAll => {
            found.extend(others);
            return;
        }
        SetOperation::Union => found.extend(others),
        SetOperation::Intersect => found.retain(|row| among(row, &others)),
        SetOperation::Except => found.retain(|row| !among(row, &others)),
    }
    once(found, |found| &found.row.0);
}
