//! Division and rounding of integers and floats.

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Result};

use super::{BY_ZERO, WRONG_ARGUMENT, pure, refused};

pub(super) fn register(db: &Connection) -> Result<()> {
    pure(db, "underpin_divide", 2, |context| {
        calculate(context.get_raw(0), context.get_raw(1), i64::checked_div, |a, b| a / b)
    })?;
    pure(db, "underpin_remainder", 2, |context| {
        calculate(context.get_raw(0), context.get_raw(1), i64::checked_rem, |a, b| a % b)
    })?;
    let rounding: [(&str, fn(f64) -> f64); 3] = [
        ("underpin_ceil", f64::ceil),
        ("underpin_floor", f64::floor),
        ("underpin_round", f64::round_ties_even),
    ];
    for (name, round) in rounding {
        pure(db, name, 1, move |context| {
            let value: Option<f64> = context.get(0)?;
            Ok(value.map(round))
        })?;
    }
    Ok(())
}

fn calculate(
    left: ValueRef<'_>,
    right: ValueRef<'_>,
    whole: fn(i64, i64) -> Option<i64>,
    float: fn(f64, f64) -> f64,
) -> Result<Value> {
    match (left, right) {
        (ValueRef::Null, _) | (_, ValueRef::Null) => Ok(Value::Null),
        (ValueRef::Integer(a), ValueRef::Integer(b)) => {
            whole(a, b).map(Value::Integer).ok_or_else(|| refused(BY_ZERO))
        }
        (ValueRef::Real(_), ValueRef::Real(0.0)) => Err(refused(BY_ZERO)),
        (ValueRef::Real(a), ValueRef::Real(b)) => Ok(Value::Real(float(a, b))),
        _ => Err(refused(WRONG_ARGUMENT)),
    }
}
