//! An exact amount of money.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

/// An exact amount of money, from 0 to 999999999999.99.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(Decimal);

impl Money {
    /// Digits in all.
    pub const PRECISION: u32 = 14;
    /// Digits behind the point.
    pub const SCALE: u32 = 2;

    const MOST: Decimal = Decimal::from_parts(276_447_231, 23_283, 0, false, 2);

    /// The amount as a decimal of two digits behind the point.
    #[must_use]
    pub fn amount(self) -> Decimal {
        self.0
    }
}

impl TryFrom<Decimal> for Money {
    type Error = InvalidMoney;

    fn try_from(amount: Decimal) -> Result<Self, InvalidMoney> {
        let mut exact = amount.normalize();
        if exact < Decimal::ZERO || exact > Self::MOST || exact.scale() > Self::SCALE {
            return Err(InvalidMoney);
        }
        exact.rescale(Self::SCALE);
        Ok(Self(exact))
    }
}

impl FromStr for Money {
    type Err = InvalidMoney;

    fn from_str(text: &str) -> Result<Self, InvalidMoney> {
        let is_plain = text.starts_with(|c: char| c.is_ascii_digit())
            && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        if !is_plain {
            return Err(InvalidMoney);
        }
        Decimal::from_str_exact(text).map_err(|_| InvalidMoney)?.try_into()
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// That something is no such amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidMoney;

impl fmt::Display for InvalidMoney {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an amount is 0 to 999999999999.99, with at most two digits behind the point")
    }
}

impl std::error::Error for InvalidMoney {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_rounded() {
        for (text, told) in
            [("0", "0.00"), ("0.01", "0.01"), ("4100.5", "4100.50"), ("999999999999.99", "999999999999.99")]
        {
            assert_eq!(text.parse::<Money>().expect(text).to_string(), told);
        }
        for text in
            ["", "-1", "1.005", "1000000000000", "1e3", " 1", "1_0", ".5", "9999999999999999999999999999999"]
        {
            assert_eq!(text.parse::<Money>(), Err(InvalidMoney), "{text}");
        }
    }
}
