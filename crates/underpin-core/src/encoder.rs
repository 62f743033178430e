//! Writing: one cell of a parameter list, as a driver takes it.

use rust_decimal::Decimal;

use crate::{CellError, ColumnType, Interval};

/// Where a value writes itself. A driver implements it over its own buffer; each value calls exactly one method.
///
/// The driver knows the column's declared type and refuses what does not fit it (text that is too long, a decimal
/// that would be rounded), so that every dialect refuses the same.
pub trait Encoder {
    /// NULL.
    fn null(&mut self) -> Result<(), CellError>;
    /// A boolean.
    fn bool(&mut self, value: bool) -> Result<(), CellError>;
    /// An integer of 16 bits.
    fn i16(&mut self, value: i16) -> Result<(), CellError>;
    /// An integer of 32 bits.
    fn i32(&mut self, value: i32) -> Result<(), CellError>;
    /// An integer of 64 bits.
    fn i64(&mut self, value: i64) -> Result<(), CellError>;
    /// A float of 32 bits.
    fn f32(&mut self, value: f32) -> Result<(), CellError>;
    /// A float of 64 bits.
    fn f64(&mut self, value: f64) -> Result<(), CellError>;
    /// Text, also the label of an enumeration.
    fn text(&mut self, value: &str) -> Result<(), CellError>;
    /// Bytes.
    fn bytes(&mut self, value: &[u8]) -> Result<(), CellError>;
    /// An exact decimal.
    fn decimal(&mut self, value: Decimal) -> Result<(), CellError>;
    /// The 16 bytes of a UUID, most significant first.
    fn uuid(&mut self, value: [u8; 16]) -> Result<(), CellError>;
    /// Days since 1970-01-01.
    fn date(&mut self, days: i32) -> Result<(), CellError>;
    /// Microseconds since midnight.
    fn time(&mut self, micros: i64) -> Result<(), CellError>;
    /// Microseconds since 1970-01-01 00:00, without a zone.
    fn timestamp(&mut self, micros: i64) -> Result<(), CellError>;
    /// Microseconds since 1970-01-01 00:00 UTC.
    fn timestamptz(&mut self, micros: i64) -> Result<(), CellError>;
    /// A length of time.
    fn interval(&mut self, value: Interval) -> Result<(), CellError>;
    /// The text of a JSON document.
    fn json(&mut self, value: &str) -> Result<(), CellError>;
    /// An array of `length` elements; `each` is called once for every element and writes it.
    fn array(
        &mut self,
        length: usize,
        each: &mut dyn FnMut(usize, &mut dyn Encoder) -> Result<(), CellError>,
    ) -> Result<(), CellError>;
}

impl ColumnType {
    /// Refuses text that a column of this type cannot hold. Every encoder asks, so that all dialects refuse alike.
    ///
    /// # Errors
    /// [`CellError::TooLong`], [`CellError::NulCharacter`] or [`CellError::UnknownLabel`].
    pub fn check_text(self, value: &str) -> Result<(), CellError> {
        match self {
            Self::Varchar(limit) => {
                let fits = value.len() <= limit as usize || value.chars().count() <= limit as usize;
                if !fits {
                    return Err(CellError::TooLong { limit });
                }
            }
            Self::Enum(of) if !of.labels.contains(&value) => return Err(CellError::UnknownLabel(of.name)),
            _ => {}
        }
        if value.as_bytes().contains(&0) { Err(CellError::NulCharacter) } else { Ok(()) }
    }

    /// Refuses a decimal that a column of this type would have to round.
    ///
    /// # Errors
    /// [`CellError::Inexact`].
    pub fn check_decimal(self, value: Decimal) -> Result<(), CellError> {
        let Self::Numeric { precision, scale } = self else { return Ok(()) };
        let refused = CellError::Inexact { precision, scale };
        let value = if value.scale() > u32::from(scale) { value.normalize() } else { value };
        if value.scale() > u32::from(scale) {
            return Err(refused);
        }
        // A decimal has at most 29 digits, so that whatever has room for more holds it.
        let room = u32::from(precision - scale) + value.scale();
        let fits = room >= 29 || value.mantissa().unsigned_abs() < 10_u128.pow(room);
        if fits { Ok(()) } else { Err(refused) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn decimals_are_never_rounded() {
        let money = ColumnType::Numeric { precision: 12, scale: 2 };
        for fits in ["9999999999.99", "-9999999999.99", "0.01", "1.50000", "0", "10000000000e-1"] {
            let value = Decimal::from_scientific(fits).unwrap_or_else(|_| decimal(fits));
            assert_eq!(money.check_decimal(value), Ok(()), "{fits}");
        }
        for refused in ["1.005", "10000000000", "99999999999.9", "0.001"] {
            assert!(money.check_decimal(decimal(refused)).is_err(), "{refused}");
        }
    }

    #[test]
    fn text_is_measured_in_characters() {
        assert_eq!(ColumnType::Varchar(3).check_text("äöü"), Ok(()));
        assert_eq!(ColumnType::Varchar(2).check_text("äöü"), Err(CellError::TooLong { limit: 2 }));
        assert_eq!(ColumnType::Text.check_text("a\0b"), Err(CellError::NulCharacter));
    }
}
