//! Writing cells into the buffer of a request.

use rust_decimal::Decimal;
use underpin_core::{CellError, ColumnType, Encoder, Interval};

use super::Arena;
use super::array::write_array;
use super::calendar::{date_text, time_text, timestamp_text};
use super::numeric::{self, INTEGER_DIGITS};
use super::uuid::uuid_text;

pub(super) const MICROS_ALONE: CellError =
    CellError::OutOfRange("SQLite keeps an interval in microseconds, it has no months and days");

/// Writes one cell of a column's type.
pub(crate) struct CellEncoder<'a> {
    out: &'a mut Arena,
    ty: ColumnType,
}

impl<'a> CellEncoder<'a> {
    pub(crate) fn new(out: &'a mut Arena, ty: ColumnType) -> Self {
        Self { out, ty }
    }
}

impl Encoder for CellEncoder<'_> {
    fn null(&mut self) -> Result<(), CellError> {
        self.out.null();
        Ok(())
    }
    fn bool(&mut self, value: bool) -> Result<(), CellError> {
        self.i64(value.into())
    }
    fn i16(&mut self, value: i16) -> Result<(), CellError> {
        self.i64(value.into())
    }
    fn i32(&mut self, value: i32) -> Result<(), CellError> {
        self.i64(value.into())
    }
    fn i64(&mut self, value: i64) -> Result<(), CellError> {
        self.out.integer(value);
        Ok(())
    }
    fn f32(&mut self, value: f32) -> Result<(), CellError> {
        self.f64(value.into())
    }
    fn f64(&mut self, value: f64) -> Result<(), CellError> {
        if value.is_nan() {
            return Err(CellError::OutOfRange("SQLite stores NaN as NULL"));
        }
        self.out.real(value);
        Ok(())
    }
    fn text(&mut self, value: &str) -> Result<(), CellError> {
        self.ty.check_text(value)?;
        self.out.text(value.as_bytes())
    }
    fn bytes(&mut self, value: &[u8]) -> Result<(), CellError> {
        self.out.blob(value)
    }
    fn decimal(&mut self, value: Decimal) -> Result<(), CellError> {
        self.ty.check_decimal(value)?;
        match self.ty {
            ColumnType::Numeric { precision, scale } if precision <= INTEGER_DIGITS => {
                self.i64(numeric::to_integer(value, precision, scale)?)
            }
            ColumnType::Numeric { precision, scale } => {
                self.out.text_by(|out| numeric::write_text(value, precision, scale, out))
            }
            _ => Err(CellError::OutOfRange("SQLite keeps a decimal by its column's precision and scale")),
        }
    }
    fn uuid(&mut self, value: [u8; 16]) -> Result<(), CellError> {
        self.out.text(&uuid_text(value))
    }
    fn date(&mut self, days: i32) -> Result<(), CellError> {
        self.out.text(&date_text(days)?)
    }
    fn time(&mut self, micros: i64) -> Result<(), CellError> {
        self.out.text(&time_text(micros)?)
    }
    fn timestamp(&mut self, micros: i64) -> Result<(), CellError> {
        self.out.text(&timestamp_text(micros)?)
    }
    fn timestamptz(&mut self, micros: i64) -> Result<(), CellError> {
        self.out.text(&timestamp_text(micros)?)
    }
    fn interval(&mut self, value: Interval) -> Result<(), CellError> {
        self.i64(value.as_micros().ok_or(MICROS_ALONE)?)
    }
    fn json(&mut self, value: &str) -> Result<(), CellError> {
        self.ty.check_text(value)?;
        self.out.text(value.as_bytes())
    }
    fn array(
        &mut self,
        length: usize,
        each: &mut dyn FnMut(usize, &mut dyn Encoder) -> Result<(), CellError>,
    ) -> Result<(), CellError> {
        let element = if let ColumnType::Array(element) = self.ty { *element } else { self.ty };
        self.out.text_by(|out| write_array(out, element, length, each))
    }
}
