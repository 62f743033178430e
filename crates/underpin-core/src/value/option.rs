//! NULL as `Option`.

use super::Value;
use crate::{CellError, Cells, ColumnType, Encoder};

impl<T: Value> Value for Option<T> {
    const TYPE: ColumnType = T::TYPE;
    const NULLABLE: bool = true;
    const ENCRYPTED: bool = T::ENCRYPTED;

    fn encode(&self, out: &mut dyn Encoder) -> Result<(), CellError> {
        match self {
            Some(value) => value.encode(out),
            None => out.null(),
        }
    }

    fn decode(cells: &dyn Cells, position: usize) -> Result<Self, CellError> {
        match T::decode(cells, position) {
            Ok(value) => Ok(Some(value)),
            Err(CellError::Null) => Ok(None),
            Err(other) => Err(other),
        }
    }

    fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Some(a), Some(b)) => a.same(b),
            (None, None) => true,
            _ => false,
        }
    }

    fn is_null(&self) -> bool {
        self.is_none()
    }
}
