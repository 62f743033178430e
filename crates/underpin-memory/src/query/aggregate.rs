//! One value for the rows of a group.

use rust_decimal::Decimal;
use underpin_core::{ColumnType, Datum, Error, Result};

use super::call::failed;
use super::number::scaled;
use super::run::{compare_keys, equal};
use super::{Aggregate, Around, Item};
use crate::compare::compare;

fn out_of_range() -> Error {
    failed("22003", "a number is out of range")
}

/// The value of an aggregate; of no rows it is NULL, but for a count.
pub(super) fn aggregate(of: &Aggregate, rows: &[&[Item]], around: &Around<'_>) -> Result<Datum> {
    let mut taken: Vec<(Vec<Datum>, Vec<Datum>)> = Vec::with_capacity(rows.len());
    for row in rows {
        let here = around.with(row, &[]);
        if of.filter.as_ref().map_or(Ok(true), |filter| here.holds(filter))? {
            let args = of.call.args.iter().map(|arg| here.value(arg)).collect::<Result<Vec<_>>>()?;
            let keys = of.order.iter().filter_map(|key| key.by.as_ref()).map(|by| here.value(by));
            taken.push((args, keys.collect::<Result<_>>()?));
        }
    }
    taken.sort_by(|(_, a), (_, b)| compare_keys(&of.order, a, b));
    let name = of.call.function.name;
    if of.call.args.is_empty() {
        return Ok(Datum::Int(i64::try_from(taken.len()).unwrap_or(i64::MAX)));
    }
    let between = taken.first().and_then(|(args, _)| args.get(1)).cloned();
    let mut values: Vec<Datum> = taken.into_iter().filter_map(|(args, _)| args.into_iter().next()).collect();
    if name == "array_agg" {
        return Ok(if values.is_empty() { Datum::Null } else { Datum::Array(values) });
    }
    values.retain(|value| *value != Datum::Null);
    if of.distinct {
        let mut once: Vec<Datum> = Vec::new();
        for value in values {
            if !once.iter().any(|known| equal(known, &value)) {
                once.push(value);
            }
        }
        values = once;
    }
    if name == "count" {
        return Ok(Datum::Int(i64::try_from(values.len()).unwrap_or(i64::MAX)));
    }
    let Some(first) = values.first().cloned() else { return Ok(Datum::Null) };
    let rest = &values[1..];
    let extreme = |greater: bool| {
        rest.iter().fold(&first, |best, value| match compare(of.call.of, value, best) {
            Some(order) if order.is_gt() == greater && order.is_ne() => value,
            _ => best,
        })
    };
    Ok(match (name, between) {
        ("min", _) => extreme(false).clone(),
        ("max", _) => extreme(true).clone(),
        ("sum", _) => sum(&values, of.call.ty)?,
        ("avg", _) => average(&values, of.call.ty)?,
        ("bool_and", _) => Datum::Bool(!values.contains(&Datum::Bool(false))),
        ("bool_or", _) => Datum::Bool(values.contains(&Datum::Bool(true))),
        ("string_agg", Some(Datum::Text(between))) => {
            let texts: Vec<&str> =
                values.iter().map(|value| if let Datum::Text(of) = value { of } else { "" }).collect();
            Datum::Text(texts.join(&between))
        }
        _ => Datum::Null,
    })
}

fn decimal(value: &Datum) -> Option<Decimal> {
    match value {
        Datum::Int(of) => Some((*of).into()),
        Datum::Decimal(of) => Some(*of),
        _ => None,
    }
}

fn total(values: &[Datum]) -> Result<Decimal> {
    let add = |sum: Decimal, value: &Datum| decimal(value).and_then(|value| sum.checked_add(value));
    values.iter().try_fold(Decimal::ZERO, add).ok_or_else(out_of_range)
}

fn floats(values: &[Datum]) -> Option<f64> {
    values.iter().map(|value| if let Datum::Float(of) = value { Some(*of) } else { None }).sum()
}

fn sum(values: &[Datum], ty: ColumnType) -> Result<Datum> {
    Ok(match values.first() {
        Some(Datum::Float(_)) => Datum::Float(floats(values).ok_or_else(out_of_range)?),
        Some(Datum::Int(_)) => Datum::Int(i64::try_from(total(values)?).map_err(|_| out_of_range())?),
        _ => Datum::Decimal(scaled(total(values)?, ty)?),
    })
}

#[allow(clippy::cast_precision_loss)] // as a database does
fn average(values: &[Datum], ty: ColumnType) -> Result<Datum> {
    if let Some(sum) = floats(values) {
        return Ok(Datum::Float(sum / values.len() as f64));
    }
    let average = total(values)?.checked_div(values.len().into()).ok_or_else(out_of_range)?;
    scaled(average, ty).map(Datum::Decimal)
}
