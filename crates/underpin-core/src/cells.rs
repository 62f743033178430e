//! Reading: one row of a result, by position, as a driver offers it.

use rust_decimal::Decimal;

use crate::Interval;

/// One row of a result. A driver implements it over its own buffer; nothing is copied before a value asks.
///
/// Positions count from zero in the order of the statement's columns. A method is called only for a column of its
/// type: drivers compare the types of a result with those declared once per statement, not per cell.
pub trait Cells {
    /// Whether the cell is NULL.
    fn is_null(&self, position: usize) -> bool;
    /// A boolean.
    fn bool(&self, position: usize) -> Result<bool, CellError>;
    /// An integer of 16 bits.
    fn i16(&self, position: usize) -> Result<i16, CellError>;
    /// An integer of 32 bits.
    fn i32(&self, position: usize) -> Result<i32, CellError>;
    /// An integer of 64 bits.
    fn i64(&self, position: usize) -> Result<i64, CellError>;
    /// A float of 32 bits.
    fn f32(&self, position: usize) -> Result<f32, CellError>;
    /// A float of 64 bits.
    fn f64(&self, position: usize) -> Result<f64, CellError>;
    /// Text, also the label of an enumeration.
    fn text(&self, position: usize) -> Result<&str, CellError>;
    /// Bytes.
    fn bytes(&self, position: usize) -> Result<&[u8], CellError>;
    /// An exact decimal.
    fn decimal(&self, position: usize) -> Result<Decimal, CellError>;
    /// The 16 bytes of a UUID, most significant first.
    fn uuid(&self, position: usize) -> Result<[u8; 16], CellError>;
    /// Days since 1970-01-01.
    fn date(&self, position: usize) -> Result<i32, CellError>;
    /// Microseconds since midnight.
    fn time(&self, position: usize) -> Result<i64, CellError>;
    /// Microseconds since 1970-01-01 00:00, without a zone.
    fn timestamp(&self, position: usize) -> Result<i64, CellError>;
    /// Microseconds since 1970-01-01 00:00 UTC.
    fn timestamptz(&self, position: usize) -> Result<i64, CellError>;
    /// A length of time.
    fn interval(&self, position: usize) -> Result<Interval, CellError>;
    /// The text of a JSON document.
    fn json(&self, position: usize) -> Result<&str, CellError>;
    /// The elements of an array, one call each; in it, the element stands at position 0.
    fn array(
        &self,
        position: usize,
        each: &mut dyn FnMut(&dyn Cells) -> Result<(), CellError>,
    ) -> Result<(), CellError>;
}

/// Why a cell could not be read or written. It never carries the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CellError {
    /// NULL where the type has no place for it.
    Null,
    /// The database holds another type than the one declared.
    WrongType(&'static str),
    /// The bytes are not of the type that they should be.
    Malformed(&'static str),
    /// The value does not fit: the reason says what limit it breaks.
    OutOfRange(&'static str),
    /// Text longer than the column's length in characters.
    TooLong {
        /// Characters that fit.
        limit: u32,
    },
    /// A decimal with more digits than the column keeps.
    Inexact {
        /// Digits in all.
        precision: u16,
        /// Digits behind the point.
        scale: u16,
    },
    /// Text that holds a NUL character, which PostgreSQL cannot store.
    NulCharacter,
    /// A label that the enumeration does not have.
    UnknownLabel(&'static str),
    /// A value that must not be stored plain could not be encrypted, for this reason.
    Unencryptable(&'static str),
}

impl std::fmt::Display for CellError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Null => f.write_str("NULL, but the field is not an Option"),
            Self::WrongType(found) => write!(f, "the database holds {found}"),
            Self::Malformed(what) => write!(f, "the stored value is not {what}"),
            Self::OutOfRange(what) => write!(f, "the value is out of range: {what}"),
            Self::TooLong { limit } => write!(f, "the text is longer than {limit} characters"),
            Self::Inexact { precision, scale } => {
                write!(f, "the decimal does not fit NUMERIC({precision}, {scale}) without rounding")
            }
            Self::NulCharacter => f.write_str("the text holds a NUL character"),
            Self::Unencryptable(why) => write!(f, "the value cannot be encrypted: {why}"),
            Self::UnknownLabel(name) => write!(f, "the label is not one of the enumeration {name}"),
        }
    }
}

impl std::error::Error for CellError {}
