//! What `#[derive(Table)]` asks of the type of a field.

use super::Value;
use crate::{CellError, Cells, ColumnType, Encoder};

/// A [`Value`] as a column of a row.
///
/// Its methods are those of the value. They are asked for by another trait because the compiler holds each use of a
/// method against all that its trait demands: of an enumeration without `Clone`, each field would be complained of once
/// for each method, and not the enumeration once.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a type that a column can hold",
    label = "not a column value",
    note = "implement `underpin::Value` for it, or name a `Codec` with `#[column(via = ..)]`",
    note = "a `Secret<T>` is never stored plain: its column is an `underpin::secrets::Encrypted<T>`"
)]
pub trait ColumnValue: Sized {
    /// As [`Value::TYPE`].
    const TYPE: ColumnType;
    /// As [`Value::NULLABLE`].
    const NULLABLE: bool;
    /// As [`Value::AUTO`].
    const AUTO: bool;
    /// As [`Value::ENCRYPTED`].
    const ENCRYPTED: bool;

    /// As [`Value::encode`].
    ///
    /// # Errors
    /// As there.
    fn encode(&self, out: &mut dyn Encoder) -> Result<(), CellError>;

    /// As [`Value::decode`].
    ///
    /// # Errors
    /// As there.
    fn decode(cells: &dyn Cells, position: usize) -> Result<Self, CellError>;

    /// As [`Value::same`].
    fn same(&self, other: &Self) -> bool;

    /// A copy.
    #[must_use]
    fn duplicate(&self) -> Self;

    /// As [`Value::is_unset`].
    fn is_unset(&self) -> bool;

    /// As [`Value::is_null`].
    fn is_null(&self) -> bool;
}

#[diagnostic::do_not_recommend]
impl<V: Value> ColumnValue for V {
    const TYPE: ColumnType = V::TYPE;
    const NULLABLE: bool = V::NULLABLE;
    const AUTO: bool = V::AUTO;
    const ENCRYPTED: bool = V::ENCRYPTED;

    #[inline]
    fn encode(&self, out: &mut dyn Encoder) -> Result<(), CellError> {
        Value::encode(self, out)
    }

    #[inline]
    fn decode(cells: &dyn Cells, position: usize) -> Result<Self, CellError> {
        Value::decode(cells, position)
    }

    #[inline]
    fn same(&self, other: &Self) -> bool {
        Value::same(self, other)
    }

    #[inline]
    fn duplicate(&self) -> Self {
        self.clone()
    }

    #[inline]
    fn is_unset(&self) -> bool {
        Value::is_unset(self)
    }

    #[inline]
    fn is_null(&self) -> bool {
        Value::is_null(self)
    }
}
