//! Text in cells.

use std::borrow::Cow;

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

/// For columns that mostly hold words of the program itself, such as the name of an event: writing them copies nothing.
impl Value for Cow<'static, str> {
    const TYPE: ColumnType = ColumnType::Text;

    fn encode(&self, out: &mut dyn Encoder) -> Result<(), CellError> {
        out.text(self)
    }

    fn decode(cells: &dyn Cells, position: usize) -> Result<Self, CellError> {
        cells.text(position).map(|text| Cow::Owned(text.to_owned()))
    }

    fn same(&self, other: &Self) -> bool {
        self == other
    }
}
