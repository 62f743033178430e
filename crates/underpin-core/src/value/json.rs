//! JSON documents: any type that serde can write and read.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Value;
use crate::{CellError, Cells, ColumnType, Encoder};

/// A column that holds `T` as JSON: JSONB on PostgreSQL, text on SQLite.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Json<T>(pub T);

impl<T> Value for Json<T>
where
    T: Serialize + DeserializeOwned + Clone + Send + Sync + 'static,
{
    const TYPE: ColumnType = ColumnType::Json;

    fn encode(&self, out: &mut dyn Encoder) -> Result<(), CellError> {
        let text = serde_json::to_string(&self.0)
            .map_err(|_| CellError::OutOfRange("the value cannot be written as JSON"))?;
        out.json(&text)
    }

    fn decode(cells: &dyn Cells, position: usize) -> Result<Self, CellError> {
        serde_json::from_str(cells.json(position)?)
            .map(Self)
            .map_err(|_| CellError::Malformed("JSON of the declared shape"))
    }

    fn same(&self, other: &Self) -> bool {
        // By document, not by text: two maps may list their members in different order.
        match (serde_json::to_value(&self.0), serde_json::to_value(&other.0)) {
            (Ok(a), Ok(b)) => a == b,
            _ => false,
        }
    }
}
