//! A length of time as databases keep it.

/// Months, days and microseconds, kept apart because neither a month nor a day has a fixed length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Interval {
    /// Whole months.
    pub months: i32,
    /// Whole days.
    pub days: i32,
    /// Microseconds.
    pub micros: i64,
}

impl Interval {
    /// An interval of microseconds alone.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        Self { months: 0, days: 0, micros }
    }

    /// The microseconds of an interval that has neither months nor days.
    #[must_use]
    pub const fn as_micros(self) -> Option<i64> {
        if self.months == 0 && self.days == 0 { Some(self.micros) } else { None }
    }

    /// As a number of microseconds that is equal, and ordered, as databases have it: a month is 30 days, a day 24 hours.
    #[must_use]
    pub fn total_micros(self) -> i128 {
        let days = i128::from(self.months) * 30 + i128::from(self.days);
        days * 86_400_000_000 + i128::from(self.micros)
    }
}
