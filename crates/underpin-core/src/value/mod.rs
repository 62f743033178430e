//! Rust types that a column can hold.

mod array;
mod auto;
mod bytes;
#[cfg(feature = "with-chrono-0_4")]
mod chrono;
mod codec;
mod column_value;
mod decimal;
mod duration;
#[cfg(feature = "with-jiff-0_2")]
mod jiff;
#[cfg(feature = "with-serde_json-1")]
mod json;
mod option;
mod scalar;
mod system_time;
mod text;
mod uuid;

pub use auto::Auto;
pub use codec::{Codec, Plain};
pub use column_value::ColumnValue;
#[cfg(feature = "with-serde_json-1")]
pub use json::Json;

use crate::{CellError, Cells, ColumnType, Encoder};

/// A Rust type that one column holds.
///
/// Implement it for a type of the adapter; for a type of the domain, which the orphan rule puts out of reach,
/// write a [`Codec`] and name it with `#[column(via = ..)]`.
///
/// ```
/// use underpin_core::{CellError, Cells, ColumnType, Encoder, Value};
///
/// #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
/// struct Iban(String);
///
/// impl Value for Iban {
///     const TYPE: ColumnType = ColumnType::Varchar(34);
///     fn encode(&self, out: &mut dyn Encoder) -> Result<(), CellError> {
///         out.text(&self.0)
///     }
///     fn decode(cells: &dyn Cells, position: usize) -> Result<Self, CellError> {
///         cells.text(position).map(|text| Self(text.to_owned()))
///     }
///     fn same(&self, other: &Self) -> bool {
///         self == other
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a type that a column can hold",
    label = "not a column value",
    note = "implement `underpin::Value` for it, or name a `Codec` with `#[column(via = ..)]`",
    note = "a `Secret<T>` is never stored plain: its column is an `underpin::secrets::Encrypted<T>`"
)]
pub trait Value: Clone + Send + Sync + 'static {
    /// The column type, before options such as `length` are applied.
    const TYPE: ColumnType;

    /// Whether the column accepts NULL; true for `Option` alone.
    const NULLABLE: bool = false;

    /// Whether the value may be left to the database or to the column's default; true for [`Auto`] alone.
    const AUTO: bool = false;

    /// Whether the column holds values encrypted, so that decrypting a row takes longer than reading it.
    const ENCRYPTED: bool = false;

    /// Writes the value.
    ///
    /// # Errors
    /// If the value does not fit.
    fn encode(&self, out: &mut dyn Encoder) -> Result<(), CellError>;

    /// Reads a value.
    ///
    /// # Errors
    /// If the cell is NULL or does not hold such a value.
    fn decode(cells: &dyn Cells, position: usize) -> Result<Self, CellError>;

    /// Whether both would be stored alike; this is what dirty checking compares.
    fn same(&self, other: &Self) -> bool;

    /// Whether the value is left to the database or to the column's default.
    fn is_unset(&self) -> bool {
        false
    }

    /// Whether the value is stored as NULL.
    fn is_null(&self) -> bool {
        false
    }
}
