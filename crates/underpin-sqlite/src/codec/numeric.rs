//! Exact decimals, as a scaled integer or, where that is too small, as text that sorts as the numbers do.
//!
//! The text has a fixed width: `0` or `-`, then the digits of the column's precision with a point before its scale.
//! A negative number has each digit replaced by its nine's complement, so that the larger magnitude sorts first; `-`
//! sorts before `0`. In `NUMERIC(20, 2)` the number 12.5 is `0000000000000000012.50`, and -12.5 is
//! `-999999999999999987.49`.

use rust_decimal::Decimal;
use underpin_core::CellError;

/// The most digits that always fit an integer of 64 bits.
pub(crate) const INTEGER_DIGITS: u16 = 18;

/// The most digits of a `Decimal`.
const MOST_DIGITS: u16 = 28;

const WRONG: CellError = CellError::Malformed("a decimal as this column stores it");

/// The value times 10^scale; the column's check has been passed.
fn scaled(value: Decimal, scale: u16) -> Option<i128> {
    let value = if value.scale() > u32::from(scale) { value.normalize() } else { value };
    let missing = u32::from(scale).checked_sub(value.scale())?;
    value.mantissa().checked_mul(10_i128.checked_pow(missing)?)
}

/// The value as a scaled integer.
pub(super) fn to_integer(value: Decimal, precision: u16, scale: u16) -> Result<i64, CellError> {
    scaled(value, scale)
        .and_then(|scaled| i64::try_from(scaled).ok())
        .ok_or(CellError::Inexact { precision, scale })
}

/// The value of a scaled integer.
pub(super) fn from_integer(stored: i64, scale: u16) -> Result<Decimal, CellError> {
    Decimal::try_from_i128_with_scale(stored.into(), scale.into()).map_err(|_| WRONG)
}

/// The value as ordered text.
pub(crate) fn write_text(
    value: Decimal,
    precision: u16,
    scale: u16,
    out: &mut Vec<u8>,
) -> Result<(), CellError> {
    let refused = CellError::Inexact { precision, scale };
    let scaled = scaled(value, scale).ok_or(refused)?;
    let negative = scaled < 0;
    let mut rest = scaled.unsigned_abs();
    let start = out.len();
    out.push(if negative { b'-' } else { b'0' });
    out.resize(start + width(precision, scale), b'.');
    let point = point(precision, scale);
    for (index, place) in out[start + 1..].iter_mut().enumerate().rev() {
        if index != point {
            let digit = u8::try_from(rest % 10).map_err(|_| refused)?;
            *place = b'0' + if negative { 9 - digit } else { digit };
            rest /= 10;
        }
    }
    if rest == 0 { Ok(()) } else { Err(refused) }
}

/// The value of ordered text.
pub(crate) fn parse_text(text: &[u8], precision: u16, scale: u16) -> Result<Decimal, CellError> {
    let negative = match text.first() {
        Some(b'-') => true,
        Some(b'0') => false,
        _ => return Err(WRONG),
    };
    if precision > MOST_DIGITS || text.len() != width(precision, scale) {
        return Err(WRONG);
    }
    let point = point(precision, scale);
    let mut mantissa = 0_i128;
    for (index, character) in text[1..].iter().enumerate() {
        match character {
            b'.' if index == point => {}
            b'0'..=b'9' if index != point => {
                let digit = character - b'0';
                mantissa = mantissa * 10 + i128::from(if negative { 9 - digit } else { digit });
            }
            _ => return Err(WRONG),
        }
    }
    let mantissa = if negative { -mantissa } else { mantissa };
    Decimal::try_from_i128_with_scale(mantissa, scale.into()).map_err(|_| WRONG)
}

/// Sign, digits, and the point if there is one.
fn width(precision: u16, scale: u16) -> usize {
    1 + usize::from(precision) + usize::from(scale > 0)
}

/// Where the point stands behind the sign; beyond the end without one.
fn point(precision: u16, scale: u16) -> usize {
    if scale > 0 { usize::from(precision - scale) } else { usize::MAX }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use underpin_core::ColumnType;

    use super::*;

    fn text(value: &str, precision: u16, scale: u16) -> String {
        let mut out = Vec::new();
        write_text(value.parse().unwrap(), precision, scale, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_text_is_as_described() {
        assert_eq!(text("12.5", 20, 2), "0000000000000000012.50");
        assert_eq!(text("-12.5", 20, 2), "-999999999999999987.49");
        assert_eq!(text("0", 19, 0), "00000000000000000000");
        assert_eq!(text("-0", 19, 0), "00000000000000000000");
        assert_eq!(text("0.5", 19, 19), "0.5000000000000000000");
        for wrong in ["", "0", "1000000000000000012.50", "000000000000000001250", "000000000000000012,500"] {
            assert!(parse_text(wrong.as_bytes(), 20, 2).is_err(), "{wrong}");
        }
    }

    /// A precision, a scale, and two numbers that fit them, given as scaled integers.
    fn numbers(digits: std::ops::RangeInclusive<u16>) -> impl Strategy<Value = (u16, u16, i128, i128)> {
        digits.prop_flat_map(|precision| {
            let limit = 10_i128.pow(precision.into()) - 1;
            let near_zero = -1000..=1000_i128;
            let number = prop_oneof![-limit..=limit, near_zero.prop_map(move |n| n.clamp(-limit, limit))];
            (Just(precision), 0..=precision, number.clone(), number)
        })
    }

    proptest! {
        #[test]
        fn ordered_text_comes_back_and_sorts((precision, scale, a, b) in numbers(19..=28)) {
            let ty = ColumnType::Numeric { precision, scale };
            let write = |scaled| {
                let value = Decimal::from_i128_with_scale(scaled, scale.into());
                assert_eq!(ty.check_decimal(value), Ok(()));
                let mut out = Vec::new();
                write_text(value, precision, scale, &mut out).unwrap();
                (value, out)
            };
            let ((a, x), (b, y)) = (write(a), write(b));
            prop_assert_eq!(parse_text(&x, precision, scale), Ok(a));
            prop_assert_eq!(a.cmp(&b), x.cmp(&y));
        }

        #[test]
        fn integers_come_back_and_sort((precision, scale, a, b) in numbers(1..=18)) {
            let ty = ColumnType::Numeric { precision, scale };
            let write = |scaled| {
                // Without the zeros at the end, as a program would give it.
                let value = Decimal::from_i128_with_scale(scaled, scale.into()).normalize();
                assert_eq!(ty.check_decimal(value), Ok(()));
                (value, to_integer(value, precision, scale).unwrap())
            };
            let ((a, x), (b, y)) = (write(a), write(b));
            prop_assert_eq!(from_integer(x, scale), Ok(a));
            prop_assert_eq!(a.cmp(&b), x.cmp(&y));
        }
    }
}
