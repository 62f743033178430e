//! A value that somebody else may supply.

use super::Value;
use crate::{CellError, Cells, ColumnType, Encoder};

/// A column that may be left to its default.
///
/// At insert, `Auto::Unset` takes the application default (`#[column(default = ..)]`) if the column has one;
/// otherwise the column is left out of the statement, the database fills it in, and the value is back in the row
/// after the flush.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Auto<T> {
    /// Left to the default.
    #[default]
    Unset,
    /// Known.
    Set(T),
}

impl<T> Auto<T> {
    /// The value, if it is known.
    pub fn get(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Unset => None,
        }
    }

    /// The value, if it is known.
    pub fn into_inner(self) -> Option<T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Unset => None,
        }
    }
}

impl<T> From<T> for Auto<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}

impl<T: Value> Value for Auto<T> {
    const TYPE: ColumnType = T::TYPE;
    const NULLABLE: bool = T::NULLABLE;
    const AUTO: bool = true;
    const ENCRYPTED: bool = T::ENCRYPTED;

    fn encode(&self, out: &mut dyn Encoder) -> Result<(), CellError> {
        match self {
            Self::Set(value) => value.encode(out),
            // A flush leaves unset columns out; only an update could come here.
            Self::Unset => {
                Err(CellError::OutOfRange("the value is unset, and only an insert may leave it so"))
            }
        }
    }

    fn decode(cells: &dyn Cells, position: usize) -> Result<Self, CellError> {
        T::decode(cells, position).map(Self::Set)
    }

    fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Set(a), Self::Set(b)) => a.same(b),
            // Unset says nothing about the value, so it changes nothing.
            _ => true,
        }
    }

    fn is_unset(&self) -> bool {
        matches!(self, Self::Unset)
    }

    fn is_null(&self) -> bool {
        self.get().is_some_and(Value::is_null)
    }
}
