//! Text in cells.

use super::Value;
use crate::{CellError, Cells, ColumnType, Encoder};

impl Value for String {
    const TYPE: ColumnType = ColumnType::Text;

    fn encode(&self, out: &mut dyn Encoder) -> Result<(), CellError> {
        out.text(self)
    }

    fn decode(cells: &dyn Cells, position: usize) -> Result<Self, CellError> {
        cells.text(position).map(str::to_owned)
    }

    fn same(&self, other: &Self) -> bool {
        self == other
    }
}
