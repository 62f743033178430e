//! A bound parameter of a query.

use std::sync::Arc;

use underpin_core::{CellError, Encoder, Value};

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

impl Param {
    /// Binds a value.
    pub fn new<V: Value>(value: V) -> Self {
        Self(Arc::new(value))
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
