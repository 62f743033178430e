//! Byte strings in cells.

use super::Value;
use crate::{CellError, Cells, ColumnType, Encoder};

impl Value for Vec<u8> {
    const TYPE: ColumnType = ColumnType::Bytes;

    fn encode(&self, out: &mut dyn Encoder) -> Result<(), CellError> {
        out.bytes(self)
    }

    fn decode(cells: &dyn Cells, position: usize) -> Result<Self, CellError> {
        cells.bytes(position).map(<[u8]>::to_vec)
    }

    fn same(&self, other: &Self) -> bool {
        self == other
    }
}
