//! The year of a car's model.

use std::fmt;
use std::str::FromStr;

/// The year of a car's model: from the first car, 1886, to 2100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModelYear(u16);

impl ModelYear {
    /// The first year.
    pub const FIRST: u16 = 1886;
    /// The last year.
    pub const LAST: u16 = 2100;

    /// The year as a number.
    #[must_use]
    pub fn get(self) -> u16 {
        self.0
    }
}

impl TryFrom<i64> for ModelYear {
    type Error = InvalidModelYear;

    fn try_from(year: i64) -> Result<Self, InvalidModelYear> {
        match u16::try_from(year) {
            Ok(year) if (Self::FIRST..=Self::LAST).contains(&year) => Ok(Self(year)),
            _ => Err(InvalidModelYear),
        }
    }
}

impl FromStr for ModelYear {
    type Err = InvalidModelYear;

    fn from_str(text: &str) -> Result<Self, InvalidModelYear> {
        text.trim().parse::<i64>().map_err(|_| InvalidModelYear)?.try_into()
    }
}

impl fmt::Display for ModelYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// That something is no year of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidModelYear;

impl fmt::Display for InvalidModelYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "it is no year from {} to {}", ModelYear::FIRST, ModelYear::LAST)
    }
}

impl std::error::Error for InvalidModelYear {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_within_bounds() {
        for (text, year) in [("1886", Some(1886)), (" 2100 ", Some(2100)), ("1885", None), ("2101", None)] {
            assert_eq!(text.parse::<ModelYear>().ok().map(ModelYear::get), year, "{text}");
        }
        for text in ["", "soon", "-2000", "2000.5", "99999999999999999999"] {
            assert_eq!(text.parse::<ModelYear>(), Err(InvalidModelYear), "{text}");
        }
    }
}
