//! Arithmetic of decimals, in whatever form their columns store them.

use rusqlite::functions::Context;
use rusqlite::types::Value;
use rusqlite::{Connection, Result};

use super::exact::Exact;
use super::pure;

/// What is done with two decimals, and digits behind the point of the result.
type Operation = fn(Exact, Exact, u32) -> Result<Exact>;

const OPERATIONS: [(&str, Operation); 5] = [
    ("underpin_decimal_add", |a, b, _| a.add(b)),
    ("underpin_decimal_subtract", |a, b, _| a.subtract(b)),
    ("underpin_decimal_multiply", |a, b, _| a.multiply(b)),
    ("underpin_decimal_divide", Exact::divide),
    ("underpin_decimal_remainder", |a, b, _| a.remainder(b)),
];

/// What is done with one decimal.
type Alteration = fn(Exact) -> Result<Exact>;

const ALTERATIONS: [(&str, Alteration); 4] = [
    ("underpin_decimal_negate", |a| Ok(Exact { mantissa: -a.mantissa, ..a })),
    ("underpin_decimal_abs", |a| Ok(Exact { mantissa: a.mantissa.abs(), ..a })),
    ("underpin_decimal_ceil", |a| a.whole(true)),
    ("underpin_decimal_floor", |a| a.whole(false)),
];

pub(super) fn register(db: &Connection) -> Result<()> {
    // One form to another: value, precision, scale, precision of the result, scale of the result.
    pure(db, "underpin_decimal", 5, |context| {
        let Some(value) = Exact::argument(context, 0, 1, 2)? else { return Ok(Value::Null) };
        value.stored(context.get(3)?, context.get(4)?)
    })?;
    // Two values, each with precision and scale, and the scale of the result.
    for (name, operation) in OPERATIONS {
        pure(db, name, 7, move |context| {
            let left = Exact::argument(context, 0, 1, 2)?;
            let (Some(left), Some(right)) = (left, Exact::argument(context, 3, 4, 5)?) else {
                return Ok(Value::Null);
            };
            let scale: u16 = context.get(6)?;
            operation(left, right, scale.into())?.result(scale)
        })?;
    }
    for (name, alteration) in ALTERATIONS {
        pure(db, name, 3, move |context| {
            let Some(value) = Exact::argument(context, 0, 1, 2)? else { return Ok(Value::Null) };
            let altered = alteration(value)?;
            altered.result(scale(altered))
        })?;
    }
    pure(db, "underpin_decimal_text", 3, |context: &Context<'_>| {
        Exact::argument(context, 0, 1, 2)?
            .map(|value| value.decimal().map(|value| value.to_string()))
            .transpose()
    })?;
    pure(db, "underpin_decimal_float", 3, |context: &Context<'_>| {
        let value = Exact::argument(context, 0, 1, 2)?.map(Exact::decimal).transpose()?;
        // The text of a decimal is read as the nearest float, as PostgreSQL does.
        Ok(value.and_then(|value| value.to_string().parse::<f64>().ok()))
    })
}

fn scale(value: Exact) -> u16 {
    u16::try_from(value.scale).unwrap_or(0)
}
