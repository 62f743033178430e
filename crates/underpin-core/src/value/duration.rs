//! `std::time::Duration`, to the microsecond.

use std::time::Duration;

use super::Value;
use crate::{CellError, Cells, ColumnType, Encoder, Interval};

impl Value for Duration {
    const TYPE: ColumnType = ColumnType::Interval;

    fn encode(&self, out: &mut dyn Encoder) -> Result<(), CellError> {
        if !self.subsec_nanos().is_multiple_of(1_000) {
            return Err(CellError::OutOfRange("a database keeps microseconds, the duration has nanoseconds"));
        }
        let micros = i64::try_from(self.as_micros())
            .map_err(|_| CellError::OutOfRange("a database keeps at most 292,271 years"))?;
        out.interval(Interval::from_micros(micros))
    }

    fn decode(cells: &dyn Cells, position: usize) -> Result<Self, CellError> {
        let micros = cells
            .interval(position)?
            .as_micros()
            .ok_or(CellError::OutOfRange("the stored interval has months or days"))?;
        let micros =
            u64::try_from(micros).map_err(|_| CellError::OutOfRange("the stored interval is negative"))?;
        Ok(Self::from_micros(micros))
    }

    fn same(&self, other: &Self) -> bool {
        self == other
    }
}
