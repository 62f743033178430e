//! Values of columns as bytes, so that keys of different rows and tables can be compared.

use std::fmt;

use rust_decimal::Decimal;

use crate::{CellError, Encoder, Interval};

/// The values of some cells of a row, which `encode` writes one by one, as bytes that are equal if and only if the
/// values are. `None` if one of them is NULL (which equals nothing), or cannot be written.
#[must_use]
pub fn key_bytes<C>(
    cells: impl IntoIterator<Item = C>,
    encode: impl FnMut(C, &mut dyn Encoder) -> Result<(), CellError>,
) -> Option<Vec<u8>> {
    let mut buffer = KeyBuffer(KeyBytes { bytes: Vec::with_capacity(48), null: false });
    buffer.fill(cells, encode)?;
    Some(buffer.0.bytes)
}

/// Room for such bytes, to be used for one row after another.
#[derive(Default)]
pub struct KeyBuffer(KeyBytes);

impl KeyBuffer {
    /// As [`key_bytes`], until the next call.
    pub fn fill<C>(
        &mut self,
        cells: impl IntoIterator<Item = C>,
        mut encode: impl FnMut(C, &mut dyn Encoder) -> Result<(), CellError>,
    ) -> Option<&[u8]> {
        let bytes = &mut self.0;
        bytes.bytes.clear();
        bytes.null = false;
        for cell in cells {
            encode(cell, bytes).ok()?;
            if bytes.null {
                return None;
            }
        }
        Some(&bytes.bytes)
    }
}

/// Shows none of the values.
impl fmt::Debug for KeyBuffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyBuffer(..)")
    }
}

#[derive(Default)]
struct KeyBytes {
    bytes: Vec<u8>,
    null: bool,
}

impl KeyBytes {
    fn put(&mut self, bytes: &[u8]) -> Result<(), CellError> {
        self.bytes.extend_from_slice(&(bytes.len() as u64).to_be_bytes());
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }
}

/// Integers of all sizes are written alike: a foreign key may be wider than the column that it names.
impl Encoder for KeyBytes {
    fn null(&mut self) -> Result<(), CellError> {
        self.null = true;
        Ok(())
    }
    fn bool(&mut self, value: bool) -> Result<(), CellError> {
        self.put(&[u8::from(value)])
    }
    fn i16(&mut self, value: i16) -> Result<(), CellError> {
        self.i64(value.into())
    }
    fn i32(&mut self, value: i32) -> Result<(), CellError> {
        self.i64(value.into())
    }
    fn i64(&mut self, value: i64) -> Result<(), CellError> {
        self.put(&value.to_be_bytes())
    }
    fn f32(&mut self, value: f32) -> Result<(), CellError> {
        self.f64(value.into())
    }
    fn f64(&mut self, value: f64) -> Result<(), CellError> {
        // To a database 0.0 and -0.0 are equal, and so is every NaN to every other.
        let value = if value.is_nan() { f64::NAN } else { value + 0.0 };
        self.put(&value.to_bits().to_be_bytes())
    }
    fn text(&mut self, value: &str) -> Result<(), CellError> {
        self.put(value.as_bytes())
    }
    fn bytes(&mut self, value: &[u8]) -> Result<(), CellError> {
        self.put(value)
    }
    fn decimal(&mut self, value: Decimal) -> Result<(), CellError> {
        // 1.0 and 1.00 are equal to a database.
        self.put(&value.normalize().serialize())
    }
    fn uuid(&mut self, value: [u8; 16]) -> Result<(), CellError> {
        self.put(&value)
    }
    fn date(&mut self, days: i32) -> Result<(), CellError> {
        self.i64(days.into())
    }
    fn time(&mut self, micros: i64) -> Result<(), CellError> {
        self.i64(micros)
    }
    fn timestamp(&mut self, micros: i64) -> Result<(), CellError> {
        self.i64(micros)
    }
    fn timestamptz(&mut self, micros: i64) -> Result<(), CellError> {
        self.i64(micros)
    }
    fn interval(&mut self, value: Interval) -> Result<(), CellError> {
        self.put(&value.total_micros().to_be_bytes())
    }
    fn json(&mut self, value: &str) -> Result<(), CellError> {
        self.text(value)
    }
    fn array(
        &mut self,
        length: usize,
        each: &mut dyn FnMut(usize, &mut dyn Encoder) -> Result<(), CellError>,
    ) -> Result<(), CellError> {
        self.i64(length as i64)?;
        (0..length).try_for_each(|index| {
            each(index, self)?;
            // An element that is NULL does not make the array NULL; no value is that long.
            if std::mem::take(&mut self.null) {
                self.bytes.extend_from_slice(&u64::MAX.to_be_bytes());
            }
            Ok(())
        })
    }
}
