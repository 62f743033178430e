//! Arrays: native on PostgreSQL, JSON text on SQLite.

use super::Value;
use crate::{CellError, Cells, ColumnType, Encoder};

impl<T: Value> Value for Vec<T> {
    const TYPE: ColumnType = ColumnType::Array(&T::TYPE);

    fn encode(&self, out: &mut dyn Encoder) -> Result<(), CellError> {
        out.array(self.len(), &mut |index, out| match self.get(index) {
            Some(element) => element.encode(out),
            None => out.null(),
        })
    }

    fn decode(cells: &dyn Cells, position: usize) -> Result<Self, CellError> {
        let mut elements = Self::new();
        cells.array(position, &mut |element| {
            elements.push(T::decode(element, 0)?);
            Ok(())
        })?;
        Ok(elements)
    }

    fn same(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().zip(other).all(|(a, b)| a.same(b))
    }
}
