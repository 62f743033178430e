//! Dates and times of chrono 0.4.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};

use super::Value;
use crate::{CellError, Cells, ColumnType, Encoder, Interval};

const EPOCH: NaiveDate = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();
const RANGE: CellError = CellError::OutOfRange("chrono does not reach that far");

fn date_to_days(date: NaiveDate) -> Result<i32, CellError> {
    i32::try_from(date.signed_duration_since(EPOCH).num_days()).map_err(|_| RANGE)
}

fn days_to_date(days: i32) -> Result<NaiveDate, CellError> {
    EPOCH.checked_add_signed(TimeDelta::days(days.into())).ok_or(RANGE)
}

fn time_to_micros(time: NaiveTime) -> i64 {
    // A leap second counts as the second before it, as databases have it.
    let nanos = time.nanosecond().min(999_999_999);
    i64::from(time.num_seconds_from_midnight()) * 1_000_000 + i64::from(nanos / 1_000)
}

fn micros_to_time(micros: i64) -> Result<NaiveTime, CellError> {
    let seconds = u32::try_from(micros.div_euclid(1_000_000)).map_err(|_| RANGE)?;
    let nanos = u32::try_from(micros.rem_euclid(1_000_000) * 1_000).map_err(|_| RANGE)?;
    NaiveTime::from_num_seconds_from_midnight_opt(seconds, nanos).ok_or(RANGE)
}

impl Value for DateTime<Utc> {
    const TYPE: ColumnType = ColumnType::TimestampTz;

    fn encode(&self, out: &mut dyn Encoder) -> Result<(), CellError> {
        out.timestamptz(self.timestamp_micros())
    }

    fn decode(cells: &dyn Cells, position: usize) -> Result<Self, CellError> {
        Self::from_timestamp_micros(cells.timestamptz(position)?).ok_or(RANGE)
    }

    fn same(&self, other: &Self) -> bool {
        // A database keeps microseconds; what is finer is not a change.
        self.timestamp_micros() == other.timestamp_micros()
    }
}

/// Stored as an instant: the offset itself is not kept, and comes back as UTC's.
impl Value for DateTime<FixedOffset> {
    const TYPE: ColumnType = ColumnType::TimestampTz;

    fn encode(&self, out: &mut dyn Encoder) -> Result<(), CellError> {
        out.timestamptz(self.timestamp_micros())
    }

    fn decode(cells: &dyn Cells, position: usize) -> Result<Self, CellError> {
        DateTime::<Utc>::decode(cells, position).map(|instant| instant.fixed_offset())
    }

    fn same(&self, other: &Self) -> bool {
        self.timestamp_micros() == other.timestamp_micros()
    }
}

impl Value for NaiveDateTime {
    const TYPE: ColumnType = ColumnType::Timestamp;

    fn encode(&self, out: &mut dyn Encoder) -> Result<(), CellError> {
        out.timestamp(self.and_utc().timestamp_micros())
    }

    fn decode(cells: &dyn Cells, position: usize) -> Result<Self, CellError> {
        DateTime::from_timestamp_micros(cells.timestamp(position)?)
            .map(|instant| instant.naive_utc())
            .ok_or(RANGE)
    }

    fn same(&self, other: &Self) -> bool {
        self.and_utc().timestamp_micros() == other.and_utc().timestamp_micros()
    }
}

impl Value for NaiveDate {
    const TYPE: ColumnType = ColumnType::Date;

    fn encode(&self, out: &mut dyn Encoder) -> Result<(), CellError> {
        out.date(date_to_days(*self)?)
    }

    fn decode(cells: &dyn Cells, position: usize) -> Result<Self, CellError> {
        days_to_date(cells.date(position)?)
    }

    fn same(&self, other: &Self) -> bool {
        self == other
    }
}

impl Value for NaiveTime {
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

impl Value for TimeDelta {
    const TYPE: ColumnType = ColumnType::Interval;

    fn encode(&self, out: &mut dyn Encoder) -> Result<(), CellError> {
        let micros =
            self.num_microseconds().ok_or(CellError::OutOfRange("a database keeps at most 292,271 years"))?;
        out.interval(Interval::from_micros(micros))
    }

    fn decode(cells: &dyn Cells, position: usize) -> Result<Self, CellError> {
        let interval = cells.interval(position)?;
        interval
            .as_micros()
            .map(TimeDelta::microseconds)
            .ok_or(CellError::OutOfRange("the stored interval has months or days"))
    }

    fn same(&self, other: &Self) -> bool {
        self.num_microseconds() == other.num_microseconds()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Datum, OwnedRow};

    fn round<T: Value>(value: &T) -> T {
        let datum = Datum::take(T::TYPE, |out| value.encode(out)).unwrap();
        T::decode(&OwnedRow(vec![datum]), 0).unwrap()
    }

    #[test]
    fn times_go_there_and_back() {
        for text in ["0001-01-01T00:00:00Z", "1969-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.000001Z"] {
            let instant: DateTime<Utc> = text.parse().unwrap();
            assert_eq!(round(&instant), instant);
            assert_eq!(round(&instant.naive_utc()), instant.naive_utc());
            assert_eq!(round(&instant.date_naive()), instant.date_naive());
            assert_eq!(round(&instant.time()), instant.time());
        }
        assert_eq!(round(&TimeDelta::microseconds(-5)), TimeDelta::microseconds(-5));
        let offset: DateTime<FixedOffset> = "2024-01-01T12:00:00+02:00".parse().unwrap();
        assert_eq!(round(&offset), offset);
    }
}
