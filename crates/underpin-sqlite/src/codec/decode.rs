//! Reading cells: straight from a row that SQLite holds, or from one that was held for the caller.

use rusqlite::Row;
use rusqlite::types::ValueRef;
use rust_decimal::Decimal;
use underpin_core::{CellError, Cells, ColumnType, Interval};

use super::Arena;
use super::array::read_array;
use super::calendar::{parse_date, parse_time, parse_timestamp};
use super::numeric::{self, INTEGER_DIGITS};
use super::uuid::parse_uuid;

/// Where the cells of a row stand.
pub(crate) trait Source {
    /// The cell of a column.
    fn cell(&self, position: usize) -> Option<ValueRef<'_>>;
}

/// SQLite's own row.
impl Source for Row<'_> {
    fn cell(&self, position: usize) -> Option<ValueRef<'_>> {
        self.get_ref(position).ok()
    }
}

/// A row that lies in a buffer.
impl Source for Vec<ValueRef<'_>> {
    fn cell(&self, position: usize) -> Option<ValueRef<'_>> {
        self.get(position).copied()
    }
}

/// A row and the declared types of its columns.
pub(crate) struct RowCells<'a, S = Row<'a>> {
    row: &'a S,
    types: &'a [ColumnType],
}

impl<'a, S: Source> RowCells<'a, S> {
    pub(crate) fn new(row: &'a S, types: &'a [ColumnType]) -> Self {
        Self { row, types }
    }

    /// Copies the row into a buffer.
    pub(crate) fn hold(&self, buffer: &mut Arena) -> Result<(), CellError> {
        (0..self.types.len()).try_for_each(|position| buffer.hold(self.value(position)?))
    }

    fn value(&self, position: usize) -> Result<ValueRef<'_>, CellError> {
        self.row.cell(position).ok_or(CellError::Malformed("a row of so many columns"))
    }

    fn integer(&self, position: usize) -> Result<i64, CellError> {
        match self.value(position)? {
            ValueRef::Integer(value) => Ok(value),
            other => Err(wrong(other)),
        }
    }

    fn narrow<T: TryFrom<i64>>(&self, position: usize, limit: &'static str) -> Result<T, CellError> {
        T::try_from(self.integer(position)?).map_err(|_| CellError::OutOfRange(limit))
    }

    fn characters(&self, position: usize) -> Result<&[u8], CellError> {
        match self.value(position)? {
            ValueRef::Text(text) => Ok(text),
            other => Err(wrong(other)),
        }
    }
}

/// What is there instead of the storage class that the type has.
fn wrong(found: ValueRef<'_>) -> CellError {
    match found {
        ValueRef::Null => CellError::Null,
        ValueRef::Integer(_) => CellError::WrongType("INTEGER"),
        ValueRef::Real(_) => CellError::WrongType("REAL"),
        ValueRef::Text(_) => CellError::WrongType("TEXT"),
        ValueRef::Blob(_) => CellError::WrongType("BLOB"),
    }
}

impl<S: Source> Cells for RowCells<'_, S> {
    fn is_null(&self, position: usize) -> bool {
        matches!(self.value(position), Ok(ValueRef::Null))
    }
    fn bool(&self, position: usize) -> Result<bool, CellError> {
        match self.integer(position)? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(CellError::Malformed("0 or 1")),
        }
    }
    fn i16(&self, position: usize) -> Result<i16, CellError> {
        self.narrow(position, "the stored integer has more than 16 bits")
    }
    fn i32(&self, position: usize) -> Result<i32, CellError> {
        self.narrow(position, "the stored integer has more than 32 bits")
    }
    fn i64(&self, position: usize) -> Result<i64, CellError> {
        self.integer(position)
    }
    #[allow(clippy::cast_possible_truncation)] // SQLite has floats of 64 bits alone; it was one of 32 bits
    fn f32(&self, position: usize) -> Result<f32, CellError> {
        self.f64(position).map(|value| value as f32)
    }
    fn f64(&self, position: usize) -> Result<f64, CellError> {
        match self.value(position)? {
            ValueRef::Real(value) => Ok(value),
            other => Err(wrong(other)),
        }
    }
    fn text(&self, position: usize) -> Result<&str, CellError> {
        std::str::from_utf8(self.characters(position)?).map_err(|_| CellError::Malformed("UTF-8 text"))
    }
    fn bytes(&self, position: usize) -> Result<&[u8], CellError> {
        match self.value(position)? {
            ValueRef::Blob(bytes) => Ok(bytes),
            other => Err(wrong(other)),
        }
    }
    fn decimal(&self, position: usize) -> Result<Decimal, CellError> {
        match self.types.get(position) {
            Some(ColumnType::Numeric { precision, scale }) if *precision <= INTEGER_DIGITS => {
                numeric::from_integer(self.integer(position)?, *scale)
            }
            Some(ColumnType::Numeric { precision, scale }) => {
                numeric::parse_text(self.characters(position)?, *precision, *scale)
            }
            _ => Err(CellError::WrongType("a column that is not declared as a decimal")),
        }
    }
    fn uuid(&self, position: usize) -> Result<[u8; 16], CellError> {
        parse_uuid(self.characters(position)?)
    }
    fn date(&self, position: usize) -> Result<i32, CellError> {
        parse_date(self.characters(position)?)
    }
    fn time(&self, position: usize) -> Result<i64, CellError> {
        parse_time(self.characters(position)?)
    }
    fn timestamp(&self, position: usize) -> Result<i64, CellError> {
        parse_timestamp(self.characters(position)?)
    }
    fn timestamptz(&self, position: usize) -> Result<i64, CellError> {
        parse_timestamp(self.characters(position)?)
    }
    fn interval(&self, position: usize) -> Result<Interval, CellError> {
        self.integer(position).map(Interval::from_micros)
    }
    fn json(&self, position: usize) -> Result<&str, CellError> {
        self.text(position)
    }
    fn array(
        &self,
        position: usize,
        each: &mut dyn FnMut(&dyn Cells) -> Result<(), CellError>,
    ) -> Result<(), CellError> {
        read_array(self.text(position)?, each)
    }
}
