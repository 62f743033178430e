//! A moment in UTC to the second, as revision files write it.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

const SECONDS_OF_DAY: i64 = 86_400;
/// The days of 400 years, after which the calendar repeats.
const DAYS_OF_CYCLE: i64 = 146_097;
/// From the first day of the year 0 to that of the year 1970.
const DAYS_BEFORE_EPOCH: i64 = 719_528;
const LAST_YEAR: i64 = 9999;

/// A moment in UTC, to the second. It prints as `2026-11-20T10:00:00Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UtcTime {
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
}

impl UtcTime {
    /// What the system's clock says.
    #[must_use]
    pub fn now() -> Self {
        Self::from(SystemTime::now())
    }

    /// Reads what it prints; none if the text has another form or such a moment does not exist.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        if shape != "0000-00-00T00:00:00Z" {
            return None;
        }
        let field = |from, to| text.get(from..to)?.parse::<i64>().ok();
        let (year, month, day) = (field(0, 4)?, field(5, 7)?, field(8, 10)?);
        let (hour, minute, second) = (field(11, 13)?, field(14, 16)?, field(17, 19)?);
        let exists = (1..=12).contains(&month)
            && (1..=days_of_month(year, month)).contains(&day)
            && hour < 24
            && minute < 60
            && second < 60;
        exists.then_some(Self { year, month, day, hour, minute, second })
    }

    /// Seconds since the beginning of 1970.
    #[must_use]
    pub fn epoch(self) -> i64 {
        let days = days_before_year(self.year)
            + (1..self.month).map(|month| days_of_month(self.year, month)).sum::<i64>()
            + self.day
            - 1
            - DAYS_BEFORE_EPOCH;
        days * SECONDS_OF_DAY + self.hour * 3600 + self.minute * 60 + self.second
    }

    fn of_epoch(seconds: i64) -> Self {
        let days = seconds.div_euclid(SECONDS_OF_DAY) + DAYS_BEFORE_EPOCH;
        let rest = seconds.rem_euclid(SECONDS_OF_DAY);
        // The estimate is never more than one year off.
        let mut year = days * 400 / DAYS_OF_CYCLE;
        if days < days_before_year(year) {
            year -= 1;
        } else if days >= days_before_year(year + 1) {
            year += 1;
        }
        let (mut month, mut day) = (1, days - days_before_year(year) + 1);
        while day > days_of_month(year, month) {
            day -= days_of_month(year, month);
            month += 1;
        }
        Self { year, month, day, hour: rest / 3600, minute: rest / 60 % 60, second: rest % 60 }
    }

    /// The value of a token of a file template, in digits.
    pub(crate) fn field(self, name: &str) -> Option<String> {
        match name {
            "epoch" => Some(self.epoch().to_string()),
            "year" => Some(format!("{:04}", self.year)),
            "month" => Some(format!("{:02}", self.month)),
            "day" => Some(format!("{:02}", self.day)),
            "hour" => Some(format!("{:02}", self.hour)),
            "minute" => Some(format!("{:02}", self.minute)),
            "second" => Some(format!("{:02}", self.second)),
            _ => None,
        }
    }
}

/// A clock that is set outside of the years 0 to 9999, which the text has no room for, gives the nearest moment in them.
impl From<SystemTime> for UtcTime {
    fn from(time: SystemTime) -> Self {
        let seconds = match time.duration_since(UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
            Err(before) => {
                let before = before.duration();
                let whole = i64::try_from(before.as_secs()).unwrap_or(i64::MAX - 1);
                -whole - i64::from(before.subsec_nanos() > 0)
            }
        };
        let first = -DAYS_BEFORE_EPOCH * SECONDS_OF_DAY;
        let behind_last = (days_before_year(LAST_YEAR + 1) - DAYS_BEFORE_EPOCH) * SECONDS_OF_DAY;
        Self::of_epoch(seconds.clamp(first, behind_last - 1))
    }
}

impl fmt::Display for UtcTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day, hour, minute, second } = self;
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

fn is_leap_year(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_of_month(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap_year(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The days from the first of the year 0 to the first of this one.
fn days_before_year(year: i64) -> i64 {
    let past = year - 1;
    365 * year + past.div_euclid(4) - past.div_euclid(100) + past.div_euclid(400) + 1
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn known_moments_have_known_seconds() {
        let cases = [
            ("1970-01-01T00:00:00Z", 0),
            ("1969-12-31T23:59:59Z", -1),
            ("2000-02-29T12:00:00Z", 951_825_600),
            ("2026-11-20T10:00:00Z", 1_795_168_800),
            ("0000-01-01T00:00:00Z", -62_167_219_200),
            ("9999-12-31T23:59:59Z", 253_402_300_799),
        ];
        for (text, epoch) in cases {
            assert_eq!(UtcTime::parse(text).map(UtcTime::epoch), Some(epoch), "{text}");
            assert_eq!(UtcTime::of_epoch(epoch).to_string(), text);
        }
    }

    #[test]
    fn moments_that_do_not_exist_are_refused() {
        for text in [
            "2026-02-29T00:00:00Z",
            "1900-02-29T00:00:00Z",
            "2026-04-31T00:00:00Z",
            "2026-00-10T00:00:00Z",
            "2026-13-10T00:00:00Z",
            "2026-01-00T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:60:00Z",
            "2026-01-01T00:00:60Z",
            "2026-01-01T00:00:00",
            "2026-01-01 00:00:00Z",
            "２026-01-01T00:00:00Z",
        ] {
            assert_eq!(UtcTime::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_clock_before_1970_counts_whole_seconds_down() {
        let time = UNIX_EPOCH - Duration::from_millis(1);
        assert_eq!(UtcTime::from(time).to_string(), "1969-12-31T23:59:59Z");
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read(seconds in -62_167_219_200_i64..253_402_300_800) {
            let time = UtcTime::of_epoch(seconds);
            prop_assert_eq!(time.epoch(), seconds);
            prop_assert_eq!(UtcTime::parse(&time.to_string()), Some(time));
        }
    }
}
