//! UUIDs in cells.

use uuid::Uuid;

use super::Value;
use crate::{CellError, Cells, ColumnType, Encoder};

impl Value for Uuid {
    const TYPE: ColumnType = ColumnType::Uuid;

    fn encode(&self, out: &mut dyn Encoder) -> Result<(), CellError> {
        out.uuid(*self.as_bytes())
    }

    fn decode(cells: &dyn Cells, position: usize) -> Result<Self, CellError> {
        cells.uuid(position).map(Uuid::from_bytes)
    }

    fn same(&self, other: &Self) -> bool {
        self == other
    }
}
