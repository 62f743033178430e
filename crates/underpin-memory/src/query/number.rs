//! Arithmetic and casts.

use rust_decimal::{Decimal, RoundingStrategy};
use underpin_core::{ColumnType, Datum, Result};

use super::call::failed;

fn out_of_range() -> underpin_core::Error {
    failed("22003", "a number is out of range")
}

fn by_zero() -> underpin_core::Error {
    failed("22012", "division by zero")
}

/// The value of a function of numbers, as the type given; `None` if there is no such function.
pub(super) fn value(name: &str, args: &[Datum], ty: ColumnType) -> Result<Option<Datum>> {
    Ok(Some(match args {
        [of] => return one(name, of, ty),
        [Datum::Int(a), Datum::Int(b)] => Datum::Int(whole(name, *a, *b, ty)?),
        [Datum::Float(a), Datum::Float(b)] => Datum::Float(match name {
            "+" => a + b,
            "-" => a - b,
            "*" => a * b,
            "/" if *b == 0.0 => return Err(by_zero()),
            "/" => a / b,
            _ => return Ok(None),
        }),
        [Datum::Decimal(a), Datum::Decimal(b)] => Datum::Decimal(scaled(decimal(name, *a, *b)?, ty)?),
        _ => return Ok(None),
    }))
}

fn whole(name: &str, a: i64, b: i64, ty: ColumnType) -> Result<i64> {
    let result = match name {
        "/" | "%" if b == 0 => return Err(by_zero()),
        "+" => a.checked_add(b),
        "-" => a.checked_sub(b),
        "*" => a.checked_mul(b),
        "/" => a.checked_div(b),
        _ => a.checked_rem(b),
    };
    let fits = |number: &i64| match ty {
        ColumnType::SmallInt => i16::try_from(*number).is_ok(),
        ColumnType::Integer => i32::try_from(*number).is_ok(),
        _ => true,
    };
    result.filter(fits).ok_or_else(out_of_range)
}

fn decimal(name: &str, a: Decimal, b: Decimal) -> Result<Decimal> {
    let result = match name {
        "/" | "%" if b.is_zero() => return Err(by_zero()),
        "+" => a.checked_add(b),
        "-" => a.checked_sub(b),
        "*" => a.checked_mul(b),
        "/" => a.checked_div(b),
        _ => a.checked_rem(b),
    };
    result.ok_or_else(out_of_range)
}

/// With as many digits behind the point as the type has, half away from zero.
pub(super) fn scaled(value: Decimal, ty: ColumnType) -> Result<Decimal> {
    let ColumnType::Numeric { scale, .. } = ty else { return Ok(value) };
    let mut rounded = value.round_dp_with_strategy(scale.into(), RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(scale.into());
    if rounded.scale() == u32::from(scale) { Ok(rounded) } else { Err(out_of_range()) }
}

#[allow(clippy::cast_precision_loss)] // as a database does
fn one(name: &str, of: &Datum, ty: ColumnType) -> Result<Option<Datum>> {
    Ok(Some(match (name, of) {
        ("-", Datum::Int(of)) => Datum::Int(of.checked_neg().ok_or_else(out_of_range)?),
        ("-", Datum::Float(of)) => Datum::Float(-of),
        ("-", Datum::Decimal(of)) => Datum::Decimal(-of),
        ("abs", Datum::Int(of)) => Datum::Int(of.checked_abs().ok_or_else(out_of_range)?),
        ("abs", Datum::Float(of)) => Datum::Float(of.abs()),
        ("abs", Datum::Decimal(of)) => Datum::Decimal(of.abs()),
        ("ceil", Datum::Float(of)) => Datum::Float(of.ceil()),
        ("ceil", Datum::Decimal(of)) => Datum::Decimal(of.ceil()),
        ("floor", Datum::Float(of)) => Datum::Float(of.floor()),
        ("floor", Datum::Decimal(of)) => Datum::Decimal(of.floor()),
        ("round", Datum::Float(of)) => Datum::Float(of.round_ties_even()),
        ("round" | "cast", Datum::Decimal(of)) if matches!(ty, ColumnType::Numeric { .. }) => {
            Datum::Decimal(scaled(*of, ty)?)
        }
        ("cast", Datum::Decimal(of)) if ty == ColumnType::Double => {
            // The text of a decimal is read as the nearest float.
            Datum::Float(of.to_string().parse().map_err(|_| out_of_range())?)
        }
        ("cast", Datum::Decimal(of)) if ty.is_text() => Datum::Text(of.to_string()),
        ("cast", Datum::Int(of)) => match ty {
            ColumnType::Double => Datum::Float(*of as f64),
            ColumnType::Numeric { .. } => Datum::Decimal((*of).into()),
            _ if ty.is_text() => Datum::Text(of.to_string()),
            _ => Datum::Int(*of),
        },
        ("cast", of) => of.clone(),
        _ => return Ok(None),
    }))
}
