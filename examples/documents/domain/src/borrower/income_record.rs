//! What somebody earns.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

/// What somebody earns, as a document says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncomeRecord {
    /// How much, exactly.
    pub amount: Decimal,
    /// For which length of time.
    pub period: PayPeriod,
    /// In which year.
    pub year: i32,
    /// What it is for: wages, rent, a pension.
    pub source: String,
    /// Who pays it, if that is said.
    pub employer: Option<String>,
}

/// For which length of time an income is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PayPeriod {
    /// Seven days.
    Week,
    /// Fourteen days.
    TwoWeeks,
    /// A month.
    Month,
    /// A year.
    Year,
}

impl PayPeriod {
    /// Each of them.
    pub const ALL: [Self; 4] = [Self::Week, Self::TwoWeeks, Self::Month, Self::Year];

    /// The period in a word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::TwoWeeks => "two_weeks",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

impl fmt::Display for PayPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for PayPeriod {
    type Err = InvalidPayPeriod;

    fn from_str(text: &str) -> Result<Self, InvalidPayPeriod> {
        Self::ALL.into_iter().find(|period| period.as_str() == text).ok_or(InvalidPayPeriod)
    }
}

/// That a text is no period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidPayPeriod;

impl fmt::Display for InvalidPayPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a period is week, two_weeks, month or year")
    }
}

impl std::error::Error for InvalidPayPeriod {}
