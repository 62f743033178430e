//! `std::time::SystemTime`, to the microsecond: an instant without any other crate.

use std::time::{Duration, SystemTime};

use super::Value;
use crate::{CellError, Cells, ColumnType, Encoder};

const RANGE: CellError = CellError::OutOfRange("the system's clock does not reach that far");

/// Microseconds since 1970, rounded down.
fn micros(time: SystemTime) -> Option<i64> {
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_micros()).ok(),
        Err(before) => {
            let before = before.duration();
            let up = i64::from(before.subsec_nanos() % 1_000 != 0);
            i64::try_from(before.as_micros()).ok().map(|micros| -micros - up)
        }
    }
}

impl Value for SystemTime {
    const TYPE: ColumnType = ColumnType::TimestampTz;

    fn encode(&self, out: &mut dyn Encoder) -> Result<(), CellError> {
        out.timestamptz(micros(*self).ok_or(RANGE)?)
    }

    fn decode(cells: &dyn Cells, position: usize) -> Result<Self, CellError> {
        let micros = cells.timestamptz(position)?;
        let distance = Duration::from_micros(micros.unsigned_abs());
        let time = if micros < 0 {
            Self::UNIX_EPOCH.checked_sub(distance)
        } else {
            Self::UNIX_EPOCH.checked_add(distance)
        };
        time.ok_or(RANGE)
    }

    fn same(&self, other: &Self) -> bool {
        // A database keeps microseconds; what is finer is not a change.
        micros(*self) == micros(*other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Datum, OwnedRow};

    #[test]
    fn instants_before_and_after_1970_survive() {
        for micros in [0, 1, -1, 1_700_000_000_123_456, -62_135_596_800_000_000] {
            let stored = OwnedRow(vec![Datum::Micros(micros)]);
            let time = SystemTime::decode(&stored, 0).unwrap();
            assert_eq!(Datum::take(SystemTime::TYPE, |out| time.encode(out)), Ok(Datum::Micros(micros)));
        }
        let fine = SystemTime::UNIX_EPOCH + Duration::from_nanos(1_999);
        assert!(fine.same(&(SystemTime::UNIX_EPOCH + Duration::from_micros(1))));
    }
}
