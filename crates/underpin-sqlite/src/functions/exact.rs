//! Exact decimals as a whole number and a scale, calculated with beyond the digits of a column.

use rusqlite::functions::Context;
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Error, Result};
use rust_decimal::Decimal;

use super::{BY_ZERO, OUT_OF_RANGE, WRONG_ARGUMENT, refused};
use crate::codec::{INTEGER_DIGITS, parse_decimal, write_decimal};

/// The most digits of a result.
const MOST_DIGITS: u16 = 28;

/// A decimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Exact {
    pub(super) mantissa: i128,
    pub(super) scale: u32,
}

fn out_of_range() -> Error {
    refused(OUT_OF_RANGE)
}

fn power(exponent: u32) -> Result<i128> {
    10_i128.checked_pow(exponent).ok_or_else(out_of_range)
}

impl Exact {
    /// The argument at an index, stored with a precision and scale; precision 0 stands for a whole number.
    pub(super) fn argument(
        context: &Context<'_>,
        index: usize,
        precision: usize,
        scale: usize,
    ) -> Result<Option<Self>> {
        let precision: u16 = context.get(precision)?;
        let scale: u16 = context.get(scale)?;
        let wrong = || refused(WRONG_ARGUMENT);
        match context.get_raw(index) {
            ValueRef::Null => Ok(None),
            ValueRef::Integer(number) if precision <= INTEGER_DIGITS => {
                Ok(Some(Self { mantissa: number.into(), scale: scale.into() }))
            }
            ValueRef::Text(text) if precision > INTEGER_DIGITS => {
                let value = parse_decimal(text, precision, scale).map_err(|_| wrong())?;
                Ok(Some(Self { mantissa: value.mantissa(), scale: value.scale() }))
            }
            _ => Err(wrong()),
        }
    }

    /// With another scale, half away from zero.
    pub(super) fn with_scale(self, scale: u32) -> Result<Self> {
        let mantissa = if scale >= self.scale {
            self.mantissa.checked_mul(power(scale - self.scale)?).ok_or_else(out_of_range)?
        } else {
            match 10_i128.checked_pow(self.scale - scale) {
                Some(power) => rounded(self.mantissa / power, self.mantissa % power, power),
                None => 0,
            }
        };
        Ok(Self { mantissa, scale })
    }

    /// Both with the larger of their scales.
    fn aligned(self, other: Self) -> Result<(i128, i128, u32)> {
        let scale = self.scale.max(other.scale);
        Ok((self.with_scale(scale)?.mantissa, other.with_scale(scale)?.mantissa, scale))
    }

    pub(super) fn add(self, other: Self) -> Result<Self> {
        let (a, b, scale) = self.aligned(other)?;
        Ok(Self { mantissa: a.checked_add(b).ok_or_else(out_of_range)?, scale })
    }

    pub(super) fn subtract(self, other: Self) -> Result<Self> {
        self.add(Self { mantissa: -other.mantissa, ..other })
    }

    pub(super) fn multiply(self, other: Self) -> Result<Self> {
        let (a, b) = (self.trimmed(), other.trimmed());
        let mantissa = a.mantissa.checked_mul(b.mantissa).ok_or_else(out_of_range)?;
        Ok(Self { mantissa, scale: a.scale + b.scale })
    }

    pub(super) fn remainder(self, other: Self) -> Result<Self> {
        let (a, b, scale) = self.aligned(other)?;
        Ok(Self { mantissa: a.checked_rem(b).ok_or_else(|| refused(BY_ZERO))?, scale })
    }

    /// The quotient with so many digits behind the point, half away from zero; calculated digit by digit.
    pub(super) fn divide(self, other: Self, scale: u32) -> Result<Self> {
        let (a, b) = (self.trimmed(), other.trimmed());
        if b.mantissa == 0 {
            return Err(refused(BY_ZERO));
        }
        let (mut a, mut b, negative) =
            (a.mantissa.unsigned_abs(), b.mantissa.unsigned_abs(), (a.mantissa < 0) != (b.mantissa < 0));
        // Bring both to the same scale, so that their quotient is that of the decimals.
        let (left, right) = (self.trimmed().scale, other.trimmed().scale);
        let up = |number: u128, by: u32| {
            10_u128.checked_pow(by).and_then(|power| number.checked_mul(power)).ok_or_else(out_of_range)
        };
        if left < right {
            a = up(a, right - left)?;
        } else {
            b = up(b, left - right)?;
        }
        let (mut quotient, mut rest) = (a / b, a % b);
        for _ in 0..scale {
            rest = rest.checked_mul(10).ok_or_else(out_of_range)?;
            quotient = quotient
                .checked_mul(10)
                .and_then(|quotient| quotient.checked_add(rest / b))
                .ok_or_else(out_of_range)?;
            rest %= b;
        }
        if rest >= b - rest {
            quotient += 1;
        }
        let mantissa = i128::try_from(quotient).map_err(|_| out_of_range())?;
        Ok(Self { mantissa: if negative { -mantissa } else { mantissa }, scale })
    }

    /// The next whole number below, or above.
    pub(super) fn whole(self, up: bool) -> Result<Self> {
        let power = power(self.scale)?;
        let mantissa = self.mantissa.div_euclid(power);
        let beyond = up && self.mantissa.rem_euclid(power) != 0;
        Ok(Self { mantissa: mantissa + i128::from(beyond), scale: 0 })
    }

    /// Without zeros at its end.
    fn trimmed(mut self) -> Self {
        while self.scale > 0 && self.mantissa % 10 == 0 {
            self.mantissa /= 10;
            self.scale -= 1;
        }
        self
    }

    pub(super) fn decimal(self) -> Result<Decimal> {
        Decimal::try_from_i128_with_scale(self.mantissa, self.scale).map_err(|_| out_of_range())
    }

    /// As SQLite stores it with 28 digits, or as many as are said.
    pub(super) fn stored(self, precision: u16, scale: u16) -> Result<Value> {
        let value = self.with_scale(scale.into())?;
        if precision <= INTEGER_DIGITS {
            return i64::try_from(value.mantissa).map(Value::Integer).map_err(|_| out_of_range());
        }
        let mut text = Vec::with_capacity(32);
        write_decimal(value.decimal()?, precision, scale, &mut text).map_err(|_| out_of_range())?;
        String::from_utf8(text).map(Value::Text).map_err(|_| out_of_range())
    }

    /// As SQLite stores a result.
    pub(super) fn result(self, scale: u16) -> Result<Value> {
        self.stored(MOST_DIGITS, scale)
    }
}

/// A quotient and what is left of the division, half away from zero.
pub(super) fn rounded(quotient: i128, rest: i128, divisor: i128) -> i128 {
    let half = rest.unsigned_abs() >= divisor.unsigned_abs() - rest.unsigned_abs();
    quotient + if half { rest.signum() * divisor.signum() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        let value: Decimal = text.parse().unwrap();
        Exact { mantissa: value.mantissa(), scale: value.scale() }
    }

    #[test]
    fn results_are_exact_and_halves_go_away_from_zero() {
        let text = |value: Result<Exact>| value.unwrap().decimal().unwrap().to_string();
        assert_eq!(text(exact("1.005").with_scale(2)), "1.01");
        assert_eq!(text(exact("-1.005").with_scale(2)), "-1.01");
        assert_eq!(text(exact("1.0049").with_scale(2)), "1.00");
        assert_eq!(text(exact("1").divide(exact("3"), 6)), "0.333333");
        assert_eq!(text(exact("-2").divide(exact("3"), 6)), "-0.666667");
        assert_eq!(text(exact("0.5").divide(exact("100"), 2)), "0.01");
        assert_eq!(text(exact("12.50").multiply(exact("-0.04"))), "-0.500");
        assert_eq!(text(exact("-7.5").remainder(exact("2"))), "-1.5");
        assert_eq!(text(exact("-1.2").whole(false)), "-2");
        assert_eq!(text(exact("-1.2").whole(true)), "-1");
        assert_eq!(text(exact("3").whole(true)), "3");
        assert!(exact("1").divide(exact("0.00"), 2).is_err());
        let large = exact("9999999999999999999999999999");
        assert!(large.add(exact("1")).unwrap().result(0).is_err());
    }
}
