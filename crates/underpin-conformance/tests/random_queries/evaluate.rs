//! Orders and groups in plain Rust.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use rust_decimal::{Decimal, RoundingStrategy};

use super::model::Fact;

/// A group: its value, its rows, and aggregates of `a`, `d`, `c` and `f` in the order of the query.
pub(crate) type Group = (
    Option<i32>,
    i64,
    i64,
    Option<i64>,
    Option<Decimal>,
    Option<Decimal>,
    Option<Decimal>,
    Option<Decimal>,
    Option<String>,
    i64,
    i64,
);

/// Which of two values comes first.
pub(crate) fn in_order(x: Option<i32>, y: Option<i32>, descends: bool, nulls_first: bool) -> Ordering {
    match (x, y) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) if nulls_first => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) if nulls_first => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (Some(x), Some(y)) if descends => y.cmp(&x),
        (Some(x), Some(y)) => x.cmp(&y),
    }
}

/// The groups of facts by `g`, NULL last.
pub(crate) fn grouped(facts: &[&Fact]) -> Vec<Group> {
    let mut values: Vec<Option<i32>> = facts.iter().map(|fact| fact.g).collect();
    values.sort_by(|x, y| in_order(*x, *y, false, false));
    values.dedup();
    let of = |g: Option<i32>| facts.iter().filter(move |fact| fact.g == g);
    values
        .into_iter()
        .map(|g| {
            let a: Vec<i64> = of(g).filter_map(|fact| fact.a.map(i64::from)).collect();
            let d: Vec<Decimal> = of(g).filter_map(|fact| fact.d).collect();
            let different: BTreeSet<i64> = a.iter().copied().collect();
            let a_as_decimals: Vec<Decimal> = a.iter().copied().map(Decimal::from).collect();
            (
                g,
                length(of(g).count()),
                length(a.len()),
                a.iter().copied().reduce(|x, y| x + y),
                d.iter().copied().reduce(|x, y| x + y),
                average(&d, 8),
                average(&a_as_decimals, 6),
                d.iter().copied().min(),
                of(g).filter_map(|fact| fact.c.clone()).max(),
                length(different.len()),
                length(of(g).filter(|fact| fact.f).count()),
            )
        })
        .collect()
}

fn length(length: usize) -> i64 {
    i64::try_from(length).unwrap()
}

/// Half away from zero.
fn average(values: &[Decimal], scale: u32) -> Option<Decimal> {
    let sum = values.iter().copied().reduce(|x, y| x + y)?;
    let average = sum / Decimal::from(values.len());
    Some(average.round_dp_with_strategy(scale, RoundingStrategy::MidpointAwayFromZero))
}
