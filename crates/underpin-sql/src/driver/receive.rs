//! Where fetched rows go: decoded while they arrive, by the driver's own hand.

use std::any::Any;

use underpin_core::{Cells, Error, Result};
use underpin_schema::Table;

/// Takes rows as a driver reads them.
pub trait Receive: Send {
    /// Takes one row.
    ///
    /// # Errors
    /// If the row cannot be decoded; the driver then stops and reports it.
    fn row(&mut self, cells: &dyn Cells) -> Result<()>;

    /// Whether to take a row costs more than to read it, as where values are decrypted. A driver that reads on a thread of
    /// its own then gives many rows on the caller's, so that both go on side by side.
    fn is_costly(&self) -> bool {
        false
    }

    /// The receiver as it is, for the caller who made it.
    fn into_any(self: Box<Self>) -> Box<dyn Any + Send>;
}

/// Decodes one row.
///
/// # Errors
/// If a cell is not a value of its column; the error names table and column.
#[inline]
pub fn decode<R: Table>(cells: &dyn Cells) -> Result<R> {
    R::decode(cells).map_err(|failure| {
        let def = R::def();
        let column = def.columns.get(failure.position).map_or("?", |column| column.name);
        Error::value(def.name, column, failure.error)
    })
}

/// Collects rows of a table.
pub struct Collect<R> {
    rows: Vec<R>,
}

impl<R: Table> Collect<R> {
    /// A collector with room for `capacity` rows.
    #[must_use]
    pub fn with_capacity(capacity: usize) -> Box<dyn Receive> {
        Box::new(Self { rows: Vec::with_capacity(capacity) })
    }

    /// The rows of a collector that a driver gave back.
    ///
    /// # Errors
    /// If the driver gave back another receiver than it was given, which is a mistake in the driver.
    pub fn rows(received: Box<dyn Receive>) -> Result<Vec<R>> {
        match received.into_any().downcast::<Self>() {
            Ok(collect) => Ok(collect.rows),
            Err(_) => Err(Error::usage("the driver gave back another receiver", "report this as a defect")),
        }
    }
}

impl<R: Table> Receive for Collect<R> {
    fn row(&mut self, cells: &dyn Cells) -> Result<()> {
        self.rows.push(decode(cells)?);
        Ok(())
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any + Send> {
        self
    }
}
