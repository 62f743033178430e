//! What a car costs.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

/// A price in Mexican pesos: exact, with at most two digits behind the point, from 0 to 9,999,999,999.99.
///
/// ```
/// let price: catalog_domain::Price = "249999.9".parse()?;
/// assert_eq!(price.to_string(), "249999.90");
/// assert!("1.005".parse::<catalog_domain::Price>().is_err());
/// # Ok::<(), catalog_domain::InvalidPrice>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Price(Decimal);

impl Price {
    /// Digits in all.
    pub const PRECISION: u32 = 12;
    /// Digits behind the point.
    pub const SCALE: u32 = 2;

    /// The highest price, in hundredths.
    const MOST: i64 = 999_999_999_999;

    /// The price as a decimal with two digits behind the point.
    #[must_use]
    pub fn amount(self) -> Decimal {
        self.0
    }
}

impl TryFrom<Decimal> for Price {
    type Error = InvalidPrice;

    fn try_from(amount: Decimal) -> Result<Self, InvalidPrice> {
        // Zeros behind the last digit are no digits.
        let mut exact = amount.normalize();
        if exact.scale() > Self::SCALE {
            return Err(InvalidPrice::Fraction);
        }
        if exact.is_sign_negative() && !exact.is_zero() {
            return Err(InvalidPrice::Negative);
        }
        if exact > Decimal::new(Self::MOST, Self::SCALE) {
            return Err(InvalidPrice::TooHigh);
        }
        // One scale for all, so that equal prices print alike.
        exact.rescale(Self::SCALE);
        Ok(Self(exact.abs()))
    }
}

impl FromStr for Price {
    type Err = InvalidPrice;

    /// Reads digits with at most one point; no exponent, no sign but a minus, nothing between the digits.
    fn from_str(text: &str) -> Result<Self, InvalidPrice> {
        let text = text.trim();
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !are_digits(whole.strip_prefix('-').unwrap_or(whole)) || !are_digits(fraction) {
            return Err(InvalidPrice::NoNumber);
        }
        match Decimal::from_str_exact(text) {
            Ok(amount) => amount.try_into(),
            // More digits than a decimal holds: too fine, or too large.
            Err(_) if fraction.len() > whole.len() => Err(InvalidPrice::Fraction),
            Err(_) => Err(InvalidPrice::TooHigh),
        }
    }
}

impl fmt::Display for Price {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Why a number is no price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidPrice {
    /// It is no number written with digits and a point.
    NoNumber,
    /// It is below zero.
    Negative,
    /// It is above 9,999,999,999.99.
    TooHigh,
    /// It has more than two digits behind the point. Nothing is rounded in silence.
    Fraction,
}

impl fmt::Display for InvalidPrice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoNumber => "it is no number such as 249999.90",
            Self::Negative => "it is below zero",
            Self::TooHigh => "it is above 9999999999.99",
            Self::Fraction => "it has more than two digits behind the point",
        })
    }
}

impl std::error::Error for InvalidPrice {}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> InvalidPrice {
        text.parse::<Price>().expect_err(text)
    }

    #[test]
    fn the_extremes_are_kept_exactly() {
        let cases = [
            ("0", "0.00"),
            ("0.01", "0.01"),
            ("9999999999.99", "9999999999.99"),
            ("1.500", "1.50"),
            ("-0", "0.00"),
        ];
        for (text, printed) in cases {
            assert_eq!(text.parse::<Price>().expect(text).to_string(), printed);
        }
    }

    #[test]
    fn nothing_is_rounded() {
        for text in ["1.005", "0.001", "0.00000000000000000000000000000000001"] {
            assert_eq!(refused(text), InvalidPrice::Fraction, "{text}");
        }
    }

    #[test]
    fn each_rule_refuses() {
        for text in ["", ".", "-", "1,5", "1e3", "NaN", "0x1", "1 000", "+1", "1_0", "1.2.3"] {
            assert_eq!(refused(text), InvalidPrice::NoNumber, "{text}");
        }
        assert_eq!(refused("-0.01"), InvalidPrice::Negative);
        for text in ["10000000000", "99999999999999999999999999999999999"] {
            assert_eq!(refused(text), InvalidPrice::TooHigh, "{text}");
        }
    }

    #[test]
    fn prices_compare_as_numbers() {
        let price = |text: &str| text.parse::<Price>().expect(text);
        assert!(price("9.9") < price("10"));
        assert_eq!(price("1.5"), price("1.50"));
    }
}
