//! A day of the Gregorian calendar, as far as end dates need it.

use std::{
    fmt,
    time::{SystemTime, UNIX_EPOCH},
};

/// A day; earlier ones are smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Date {
    year: u32,
    month: u32,
    day: u32,
}

impl Date {
    /// Today, in UTC.
    pub(crate) fn today() -> Self {
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        Self::of_day(u32::try_from(seconds / 86_400).unwrap_or(u32::MAX))
    }

    /// The day so many days after 1 January 1970.
    fn of_day(days: u32) -> Self {
        let mut rest = days;
        let mut year = 1970;
        while rest >= 365 + leap(year) {
            rest -= 365 + leap(year);
            year += 1;
        }
        let mut month = 1;
        while rest >= length(year, month) {
            rest -= length(year, month);
            month += 1;
        }
        Self { year, month, day: rest + 1 }
    }

    /// A day `2027-01-15`, or the last one of a month `2027-01`.
    pub(crate) fn last_of(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split('-').collect();
        let number = |text: &str, digits: usize| {
            let plain = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
            plain.then(|| text.parse::<u32>().ok()).flatten()
        };
        let year = number(parts.first()?, 4)?;
        let month = number(parts.get(1)?, 2).filter(|month| (1..=12).contains(month))?;
        let last = length(year, month);
        let day = match parts.get(2) {
            Some(day) => number(day, 2).filter(|day| (1..=last).contains(day))?,
            None => last,
        };
        (parts.len() <= 3).then_some(Self { year, month, day })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

fn leap(year: u32) -> u32 {
    u32::from(year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)))
}

fn length(year: u32, month: u32) -> u32 {
    match month {
        2 => 28 + leap(year),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        for (days, text) in
            [(0, "1970-01-01"), (59, "1970-03-01"), (11_016, "2000-02-29"), (20_778, "2026-11-21")]
        {
            assert_eq!(Date::of_day(days).to_string(), text);
        }
    }

    #[test]
    fn months_end_on_their_last_day() {
        assert_eq!(Date::last_of("2027-01"), Date::last_of("2027-01-31"));
        assert_eq!(Date::last_of("2028-02").unwrap().to_string(), "2028-02-29");
        assert!(Date::last_of("2027-01-31") < Date::last_of("2027-02-01"));
    }

    #[test]
    fn other_texts_are_no_dates() {
        for text in ["", "2027", "2027-13", "2027-1", "2027-02-29", "soon", "2027-01-01-01", "+027-01"] {
            assert_eq!(Date::last_of(text), None, "{text}");
        }
    }
}
