//! Dates and times of jiff 0.2.

use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, Timestamp};

use super::Value;
use crate::{CellError, Cells, ColumnType, Encoder, Interval};

const MICROS_A_DAY: i64 = 86_400_000_000;
const EPOCH: Date = Date::constant(1970, 1, 1);
const RANGE: CellError = CellError::OutOfRange("jiff holds the years -9999 to 9999");

fn date_to_days(date: Date) -> i32 {
    // Both dates are within ±9999 years, so the difference has no overflow.
    let hours = date.duration_since(EPOCH).as_hours();
    i32::try_from(hours / 24).unwrap_or(0)
}

fn days_to_date(days: i32) -> Result<Date, CellError> {
    EPOCH.checked_add(SignedDuration::from_hours(i64::from(days) * 24)).map_err(|_| RANGE)
}

fn time_to_micros(time: Time) -> i64 {
    let seconds = (i64::from(time.hour()) * 60 + i64::from(time.minute())) * 60 + i64::from(time.second());
    seconds * 1_000_000 + i64::from(time.subsec_nanosecond()) / 1_000
}

fn micros_to_time(micros: i64) -> Result<Time, CellError> {
    let (seconds, rest) = (micros.div_euclid(1_000_000), micros.rem_euclid(1_000_000));
    let part = |value: i64| i8::try_from(value).map_err(|_| RANGE);
    let nanos = i32::try_from(rest * 1_000).map_err(|_| RANGE)?;
    Time::new(part(seconds / 3_600)?, part(seconds / 60 % 60)?, part(seconds % 60)?, nanos).map_err(|_| RANGE)
}

impl Value for Timestamp {
    const TYPE: ColumnType = ColumnType::TimestampTz;

    fn encode(&self, out: &mut dyn Encoder) -> Result<(), CellError> {
        out.timestamptz(self.as_microsecond())
    }

    fn decode(cells: &dyn Cells, position: usize) -> Result<Self, CellError> {
        let micros = cells.timestamptz(position)?;
        let nanos = i32::try_from(micros.rem_euclid(1_000_000) * 1_000).map_err(|_| RANGE)?;
        Self::new(micros.div_euclid(1_000_000), nanos).map_err(|_| RANGE)
    }

    fn same(&self, other: &Self) -> bool {
        // A database keeps microseconds; what is finer is not a change.
        self.as_microsecond() == other.as_microsecond()
    }
}

impl Value for DateTime {
    const TYPE: ColumnType = ColumnType::Timestamp;

    fn encode(&self, out: &mut dyn Encoder) -> Result<(), CellError> {
        out.timestamp(i64::from(date_to_days(self.date())) * MICROS_A_DAY + time_to_micros(self.time()))
    }

    fn decode(cells: &dyn Cells, position: usize) -> Result<Self, CellError> {
        let micros = cells.timestamp(position)?;
        let days = i32::try_from(micros.div_euclid(MICROS_A_DAY)).map_err(|_| RANGE)?;
        Ok(days_to_date(days)?.to_datetime(micros_to_time(micros.rem_euclid(MICROS_A_DAY))?))
    }

    fn same(&self, other: &Self) -> bool {
        self.date() == other.date() && self.time().same(&other.time())
    }
}

impl Value for Date {
    const TYPE: ColumnType = ColumnType::Date;

    fn encode(&self, out: &mut dyn Encoder) -> Result<(), CellError> {
        out.date(date_to_days(*self))
    }

    fn decode(cells: &dyn Cells, position: usize) -> Result<Self, CellError> {
        days_to_date(cells.date(position)?)
    }

    fn same(&self, other: &Self) -> bool {
        self == other
    }
}

impl Value for Time {
    const TYPE: ColumnType = ColumnType::Time;

    fn encode(&self, out: &mut dyn Encoder) -> Result<(), CellError> {
        out.time(time_to_micros(*self))
    }

    fn decode(cells: &dyn Cells, position: usize) -> Result<Self, CellError> {
        micros_to_time(cells.time(position)?)
    }

    fn same(&self, other: &Self) -> bool {
        time_to_micros(*self) == time_to_micros(*other)
    }
}

impl Value for SignedDuration {
    const TYPE: ColumnType = ColumnType::Interval;

    fn encode(&self, out: &mut dyn Encoder) -> Result<(), CellError> {
        let micros = i64::try_from(self.as_micros())
            .map_err(|_| CellError::OutOfRange("a database keeps at most 292,271 years"))?;
        out.interval(Interval::from_micros(micros))
    }

    fn decode(cells: &dyn Cells, position: usize) -> Result<Self, CellError> {
        let interval = cells.interval(position)?;
        interval
            .as_micros()
            .map(Self::from_micros)
            .ok_or(CellError::OutOfRange("the stored interval has months or days"))
    }

    fn same(&self, other: &Self) -> bool {
        self.as_micros() == other.as_micros()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_micros_go_there_and_back() {
        for date in ["0001-01-01", "1969-12-31", "1970-01-01", "2024-02-29", "9999-12-31", "-000044-03-15"] {
            let date: Date = date.parse().unwrap();
            assert_eq!(days_to_date(date_to_days(date)), Ok(date));
        }
        assert_eq!(date_to_days(Date::constant(1969, 12, 31)), -1);
        for time in ["00:00:00", "23:59:59.999999", "12:34:56.000001"] {
            let time: Time = time.parse().unwrap();
            assert_eq!(micros_to_time(time_to_micros(time)), Ok(time));
        }
        assert!(micros_to_time(MICROS_A_DAY).is_err());
    }
}
