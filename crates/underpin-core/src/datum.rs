//! An owned cell, for the few places that must keep one: the in-memory store, generated values, keys of a plan.

use rust_decimal::Decimal;

use crate::{CellError, Cells, ColumnType, Encoder, Interval};

/// One owned cell. Never used on the way between a row struct and a database.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Datum {
    /// NULL.
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer of any size.
    Int(i64),
    /// A float of either size.
    Float(f64),
    /// Text or a label.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// An exact decimal.
    Decimal(Decimal),
    /// A UUID.
    Uuid([u8; 16]),
    /// Days since 1970-01-01.
    Date(i32),
    /// Microseconds since midnight, or since the epoch: the column's type says which.
    Micros(i64),
    /// A length of time.
    Interval(Interval),
    /// The text of a JSON document.
    Json(String),
    /// The elements of an array.
    Array(Vec<Datum>),
}

impl Datum {
    /// Copies one cell of the type given.
    ///
    /// # Errors
    /// If the cell does not hold such a value.
    pub fn read(cells: &dyn Cells, position: usize, of: ColumnType) -> Result<Self, CellError> {
        if cells.is_null(position) {
            return Ok(Self::Null);
        }
        Ok(match of {
            ColumnType::Bool => Self::Bool(cells.bool(position)?),
            ColumnType::SmallInt => Self::Int(cells.i16(position)?.into()),
            ColumnType::Integer => Self::Int(cells.i32(position)?.into()),
            ColumnType::BigInt => Self::Int(cells.i64(position)?),
            ColumnType::Real => Self::Float(cells.f32(position)?.into()),
            ColumnType::Double => Self::Float(cells.f64(position)?),
            ColumnType::Text | ColumnType::Varchar(_) | ColumnType::Enum(_) => {
                Self::Text(cells.text(position)?.to_owned())
            }
            ColumnType::Numeric { .. } | ColumnType::NumericOpen => Self::Decimal(cells.decimal(position)?),
            ColumnType::Bytes => Self::Bytes(cells.bytes(position)?.to_vec()),
            ColumnType::Uuid => Self::Uuid(cells.uuid(position)?),
            ColumnType::Date => Self::Date(cells.date(position)?),
            ColumnType::Time => Self::Micros(cells.time(position)?),
            ColumnType::Timestamp => Self::Micros(cells.timestamp(position)?),
            ColumnType::TimestampTz => Self::Micros(cells.timestamptz(position)?),
            ColumnType::Interval => Self::Interval(cells.interval(position)?),
            ColumnType::Json => Self::Json(cells.json(position)?.to_owned()),
            ColumnType::Array(element) => {
                let mut elements = Vec::new();
                cells.array(position, &mut |cell| {
                    elements.push(Self::read(cell, 0, *element)?);
                    Ok(())
                })?;
                Self::Array(elements)
            }
        })
    }

    /// Takes the cell that `write` writes into a column of the type given, refusing what the column could not hold.
    ///
    /// # Errors
    /// What `write` reports, and what does not fit the column.
    pub fn take(
        of: ColumnType,
        write: impl FnOnce(&mut dyn Encoder) -> Result<(), CellError>,
    ) -> Result<Self, CellError> {
        let mut slot = Slot { of, value: Self::Null };
        write(&mut slot)?;
        Ok(slot.value)
    }

    /// Writes the cell.
    ///
    /// # Errors
    /// If the encoder refuses it.
    pub fn encode(&self, of: ColumnType, out: &mut dyn Encoder) -> Result<(), CellError> {
        match (self, of) {
            (Self::Null, _) => out.null(),
            (Self::Bool(v), _) => out.bool(*v),
            (Self::Int(v), ColumnType::SmallInt) => {
                out.i16(i16::try_from(*v).map_err(|_| CellError::OutOfRange("16 bits"))?)
            }
            (Self::Int(v), ColumnType::Integer) => {
                out.i32(i32::try_from(*v).map_err(|_| CellError::OutOfRange("32 bits"))?)
            }
            (Self::Int(v), _) => out.i64(*v),
            #[allow(clippy::cast_possible_truncation)] // it was widened from an f32
            (Self::Float(v), ColumnType::Real) => out.f32(*v as f32),
            (Self::Float(v), _) => out.f64(*v),
            (Self::Text(v), _) => out.text(v),
            (Self::Bytes(v), _) => out.bytes(v),
            (Self::Decimal(v), _) => out.decimal(*v),
            (Self::Uuid(v), _) => out.uuid(*v),
            (Self::Date(v), _) => out.date(*v),
            (Self::Micros(v), ColumnType::Time) => out.time(*v),
            (Self::Micros(v), ColumnType::Timestamp) => out.timestamp(*v),
            (Self::Micros(v), _) => out.timestamptz(*v),
            (Self::Interval(v), _) => out.interval(*v),
            (Self::Json(v), _) => out.json(v),
            (Self::Array(elements), of) => {
                let element = if let ColumnType::Array(element) = of { *element } else { of };
                out.array(elements.len(), &mut |index, out| match elements.get(index) {
                    Some(datum) => datum.encode(element, out),
                    None => out.null(),
                })
            }
        }
    }
}

/// A datum may hold a secret, so only its kind is printed.
impl std::fmt::Debug for Datum {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Null => "Null",
            Self::Bool(_) => "Bool(..)",
            Self::Int(_) => "Int(..)",
            Self::Float(_) => "Float(..)",
            Self::Text(_) => "Text(..)",
            Self::Bytes(_) => "Bytes(..)",
            Self::Decimal(_) => "Decimal(..)",
            Self::Uuid(_) => "Uuid(..)",
            Self::Date(_) => "Date(..)",
            Self::Micros(_) => "Micros(..)",
            Self::Interval(_) => "Interval(..)",
            Self::Json(_) => "Json(..)",
            Self::Array(_) => "Array(..)",
        })
    }
}

struct Slot {
    of: ColumnType,
    value: Datum,
}

impl Slot {
    fn put(&mut self, value: Datum) -> Result<(), CellError> {
        self.value = value;
        Ok(())
    }
}

impl Encoder for Slot {
    fn null(&mut self) -> Result<(), CellError> {
        self.put(Datum::Null)
    }
    fn bool(&mut self, value: bool) -> Result<(), CellError> {
        self.put(Datum::Bool(value))
    }
    fn i16(&mut self, value: i16) -> Result<(), CellError> {
        self.put(Datum::Int(value.into()))
    }
    fn i32(&mut self, value: i32) -> Result<(), CellError> {
        self.put(Datum::Int(value.into()))
    }
    fn i64(&mut self, value: i64) -> Result<(), CellError> {
        self.put(Datum::Int(value))
    }
    fn f32(&mut self, value: f32) -> Result<(), CellError> {
        self.put(Datum::Float(value.into()))
    }
    fn f64(&mut self, value: f64) -> Result<(), CellError> {
        self.put(Datum::Float(value))
    }
    fn text(&mut self, value: &str) -> Result<(), CellError> {
        self.of.check_text(value)?;
        self.put(Datum::Text(value.to_owned()))
    }
    fn bytes(&mut self, value: &[u8]) -> Result<(), CellError> {
        self.put(Datum::Bytes(value.to_vec()))
    }
    fn decimal(&mut self, value: Decimal) -> Result<(), CellError> {
        self.of.check_decimal(value)?;
        self.put(Datum::Decimal(value))
    }
    fn uuid(&mut self, value: [u8; 16]) -> Result<(), CellError> {
        self.put(Datum::Uuid(value))
    }
    fn date(&mut self, days: i32) -> Result<(), CellError> {
        self.put(Datum::Date(days))
    }
    fn time(&mut self, micros: i64) -> Result<(), CellError> {
        self.put(Datum::Micros(micros))
    }
    fn timestamp(&mut self, micros: i64) -> Result<(), CellError> {
        self.put(Datum::Micros(micros))
    }
    fn timestamptz(&mut self, micros: i64) -> Result<(), CellError> {
        self.put(Datum::Micros(micros))
    }
    fn interval(&mut self, value: Interval) -> Result<(), CellError> {
        self.put(Datum::Interval(value))
    }
    fn json(&mut self, value: &str) -> Result<(), CellError> {
        self.put(Datum::Json(value.to_owned()))
    }
    fn array(
        &mut self,
        length: usize,
        each: &mut dyn FnMut(usize, &mut dyn Encoder) -> Result<(), CellError>,
    ) -> Result<(), CellError> {
        let element = if let ColumnType::Array(element) = self.of { *element } else { self.of };
        let elements = (0..length)
            .map(|index| Datum::take(element, |out| each(index, out)))
            .collect::<Result<_, _>>()?;
        self.put(Datum::Array(elements))
    }
}

/// An owned row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OwnedRow(pub Vec<Datum>);

impl OwnedRow {
    fn cell(&self, position: usize) -> Result<&Datum, CellError> {
        match self.0.get(position) {
            Some(Datum::Null) => Err(CellError::Null),
            Some(datum) => Ok(datum),
            None => Err(CellError::Malformed("a row of so many columns")),
        }
    }

    fn integer<T: TryFrom<i64>>(&self, position: usize) -> Result<T, CellError> {
        match self.cell(position)? {
            Datum::Int(v) => T::try_from(*v).map_err(|_| CellError::OutOfRange("the integer type")),
            _ => Err(CellError::WrongType("no integer")),
        }
    }

    fn micros(&self, position: usize) -> Result<i64, CellError> {
        match self.cell(position)? {
            Datum::Micros(v) => Ok(*v),
            _ => Err(CellError::WrongType("no time")),
        }
    }
}

impl Cells for OwnedRow {
    fn is_null(&self, position: usize) -> bool {
        matches!(self.0.get(position), None | Some(Datum::Null))
    }
    fn bool(&self, position: usize) -> Result<bool, CellError> {
        match self.cell(position)? {
            Datum::Bool(v) => Ok(*v),
            _ => Err(CellError::WrongType("no boolean")),
        }
    }
    fn i16(&self, position: usize) -> Result<i16, CellError> {
        self.integer(position)
    }
    fn i32(&self, position: usize) -> Result<i32, CellError> {
        self.integer(position)
    }
    fn i64(&self, position: usize) -> Result<i64, CellError> {
        self.integer(position)
    }
    #[allow(clippy::cast_possible_truncation)] // it was widened from an f32
    fn f32(&self, position: usize) -> Result<f32, CellError> {
        self.f64(position).map(|v| v as f32)
    }
    fn f64(&self, position: usize) -> Result<f64, CellError> {
        match self.cell(position)? {
            Datum::Float(v) => Ok(*v),
            _ => Err(CellError::WrongType("no float")),
        }
    }
    fn text(&self, position: usize) -> Result<&str, CellError> {
        match self.cell(position)? {
            Datum::Text(v) => Ok(v),
            _ => Err(CellError::WrongType("no text")),
        }
    }
    fn bytes(&self, position: usize) -> Result<&[u8], CellError> {
        match self.cell(position)? {
            Datum::Bytes(v) => Ok(v),
            _ => Err(CellError::WrongType("no bytes")),
        }
    }
    fn decimal(&self, position: usize) -> Result<Decimal, CellError> {
        match self.cell(position)? {
            Datum::Decimal(v) => Ok(*v),
            _ => Err(CellError::WrongType("no decimal")),
        }
    }
    fn uuid(&self, position: usize) -> Result<[u8; 16], CellError> {
        match self.cell(position)? {
            Datum::Uuid(v) => Ok(*v),
            _ => Err(CellError::WrongType("no UUID")),
        }
    }
    fn date(&self, position: usize) -> Result<i32, CellError> {
        match self.cell(position)? {
            Datum::Date(v) => Ok(*v),
            _ => Err(CellError::WrongType("no date")),
        }
    }
    fn time(&self, position: usize) -> Result<i64, CellError> {
        self.micros(position)
    }
    fn timestamp(&self, position: usize) -> Result<i64, CellError> {
        self.micros(position)
    }
    fn timestamptz(&self, position: usize) -> Result<i64, CellError> {
        self.micros(position)
    }
    fn interval(&self, position: usize) -> Result<Interval, CellError> {
        match self.cell(position)? {
            Datum::Interval(v) => Ok(*v),
            _ => Err(CellError::WrongType("no interval")),
        }
    }
    fn json(&self, position: usize) -> Result<&str, CellError> {
        match self.cell(position)? {
            Datum::Json(v) => Ok(v),
            _ => Err(CellError::WrongType("no JSON")),
        }
    }
    fn array(
        &self,
        position: usize,
        each: &mut dyn FnMut(&dyn Cells) -> Result<(), CellError>,
    ) -> Result<(), CellError> {
        match self.cell(position)? {
            Datum::Array(elements) => {
                elements.iter().try_for_each(|element| each(&Self(vec![element.clone()])))
            }
            _ => Err(CellError::WrongType("no array")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Value;

    #[test]
    fn values_pass_through_an_owned_cell() {
        fn round<T: Value>(value: &T) -> T {
            let datum = Datum::take(T::TYPE, |out| value.encode(out)).unwrap();
            T::decode(&OwnedRow(vec![datum]), 0).unwrap()
        }
        assert_eq!(round(&Some(7_i16)), Some(7));
        assert_eq!(round(&None::<String>), None);
        assert_eq!(round(&vec![Some("a".to_owned()), None]), vec![Some("a".to_owned()), None]);
        assert!(round(&f64::NAN).is_nan());
    }

    #[test]
    fn debug_shows_no_value() {
        let row = OwnedRow(vec![Datum::Text("hunter2".into()), Datum::Int(4711)]);
        let shown = format!("{row:?}");
        assert!(!shown.contains("hunter2") && !shown.contains("4711"), "{shown}");
    }
}
