//! What somebody earns.

use std::fmt;
use std::str::FromStr;

use underpin_id::{Id, Prefix};

use super::Money;
use crate::Words;

/// The id of an income: `income_` and 26 letters and digits.
pub type IncomeId = Id<IncomeRecord>;

/// What somebody earns, as a document says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncomeRecord {
    /// How much.
    pub amount: Money,
    /// For which length of time.
    pub period: PayPeriod,
    /// In which year.
    pub year: IncomeYear,
    /// What it is for: wages, rent, a pension.
    pub source: Words,
    /// Who pays it, if that is said.
    pub employer: Option<Words>,
}

impl Prefix for IncomeRecord {
    const PREFIX: &'static str = "income";
}

/// The year of an income: 1900 to 2100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IncomeYear(i32);

impl IncomeYear {
    /// The year as a number.
    #[must_use]
    pub fn get(self) -> i32 {
        self.0
    }
}

impl TryFrom<i32> for IncomeYear {
    type Error = InvalidIncomeYear;

    fn try_from(year: i32) -> Result<Self, InvalidIncomeYear> {
        if (1900..=2100).contains(&year) { Ok(Self(year)) } else { Err(InvalidIncomeYear) }
    }
}

/// That a number is no such year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidIncomeYear;

impl fmt::Display for InvalidIncomeYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the year of an income is 1900 to 2100")
    }
}

impl std::error::Error for InvalidIncomeYear {}

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
