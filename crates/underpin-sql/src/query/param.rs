//! A bound parameter of a query.

use std::sync::Arc;

use underpin_core::{CellError, ColumnType, Datum, Encoder, Value};

/// A value that travels beside the statement, never in its text. `Debug` does not show it.
#[derive(Clone)]
pub struct Param(Arc<dyn Encode>);

trait Encode: Send + Sync {
    fn encode(&self, out: &mut dyn Encoder) -> Result<(), CellError>;
}

impl<V: Value> Encode for V {
    fn encode(&self, out: &mut dyn Encoder) -> Result<(), CellError> {
        Value::encode(self, out)
    }
}

struct Typed(Datum, ColumnType);

impl Encode for Typed {
    fn encode(&self, out: &mut dyn Encoder) -> Result<(), CellError> {
        self.0.encode(self.1, out)
    }
}

impl Param {
    /// Binds a value.
    pub fn new<V: Value>(value: V) -> Self {
        Self(Arc::new(value))
    }

    /// Binds a value of a column of the type given.
    #[must_use]
    pub fn datum(value: Datum, ty: ColumnType) -> Self {
        Self(Arc::new(Typed(value, ty)))
    }

    /// Writes the value.
    ///
    /// # Errors
    /// If it does not fit its column.
    pub fn encode(&self, out: &mut dyn Encoder) -> Result<(), CellError> {
        self.0.encode(out)
    }
}

impl std::fmt::Debug for Param {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("?")
    }
}
