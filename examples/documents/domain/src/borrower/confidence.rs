//! How sure something is.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

/// How sure something is: from 0, not at all, to 1, with at most four digits behind the point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Confidence(Decimal);

impl Confidence {
    /// Digits in all.
    pub const PRECISION: u32 = 5;
    /// Digits behind the point.
    pub const SCALE: u32 = 4;

    /// The score as a decimal.
    #[must_use]
    pub fn score(self) -> Decimal {
        self.0
    }
}

impl TryFrom<Decimal> for Confidence {
    type Error = InvalidConfidence;

    fn try_from(score: Decimal) -> Result<Self, InvalidConfidence> {
        let mut exact = score.normalize();
        if exact < Decimal::ZERO || exact > Decimal::ONE || exact.scale() > Self::SCALE {
            return Err(InvalidConfidence);
        }
        exact.rescale(Self::SCALE);
        Ok(Self(exact))
    }
}

impl FromStr for Confidence {
    type Err = InvalidConfidence;

    fn from_str(text: &str) -> Result<Self, InvalidConfidence> {
        let is_plain = text.starts_with(|c: char| c.is_ascii_digit())
            && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        if !is_plain {
            return Err(InvalidConfidence);
        }
        Decimal::from_str_exact(text).map_err(|_| InvalidConfidence)?.try_into()
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// That a number is no confidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidConfidence;

impl fmt::Display for InvalidConfidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a confidence is 0 to 1, with at most four digits behind the point")
    }
}

impl std::error::Error for InvalidConfidence {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_confidence_is_between_nothing_and_all() {
        for (number, scale, good) in [
            (0, 0, true),
            (1, 0, true),
            (10_000, 4, true),
            (5, 1, true),
            (11, 1, false),
            (-1, 4, false),
            (5, 5, false),
        ] {
            assert_eq!(Confidence::try_from(Decimal::new(number, scale)).is_ok(), good, "{number} {scale}");
        }
        assert_eq!("0.98750".parse::<Confidence>().expect("a confidence").to_string(), "0.9875");
        for text in ["", "1e-1", "-0", "+1", "0.12345", ".5", "1_0", "ü"] {
            assert_eq!(text.parse::<Confidence>(), Err(InvalidConfidence), "{text}");
        }
    }
}
