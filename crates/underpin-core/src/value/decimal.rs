//! Exact decimals.

use rust_decimal::Decimal;

use super::Value;
use crate::{CellError, Cells, ColumnType, Encoder};

impl Value for Decimal {
    const TYPE: ColumnType = ColumnType::NumericOpen;

    fn encode(&self, out: &mut dyn Encoder) -> Result<(), CellError> {
        out.decimal(*self)
    }

    fn decode(cells: &dyn Cells, position: usize) -> Result<Self, CellError> {
        cells.decimal(position)
    }

    fn same(&self, other: &Self) -> bool {
        self == other
    }
}
