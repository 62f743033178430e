//! Rows of a result in portions.

use underpin_core::{BoxFuture, Result};
use underpin_schema::TableDef;
use underpin_sql::driver::{Receive, RowStream};

use crate::connection::{MemoryConnection, reading};
use crate::select::Found;
use crate::table::{Bytes, Row};

/// A result under way. It shares the rows with the state that they were read from.
pub(crate) struct MemoryStream<'a> {
    connection: &'a mut MemoryConnection,
    table: &'static TableDef,
    rows: std::vec::IntoIter<(Bytes, Row)>,
}

impl<'a> MemoryStream<'a> {
    pub(crate) fn new(connection: &'a mut MemoryConnection, table: &'static TableDef, found: Found) -> Self {
        Self { connection, table, rows: found.rows.into_iter() }
    }
}

impl RowStream for MemoryStream<'_> {
    fn next(
        &mut self,
        mut rows: Box<dyn Receive>,
        at_most: usize,
    ) -> BoxFuture<'_, Result<(Box<dyn Receive>, bool)>> {
        Box::pin(async move {
            for (_, row) in self.rows.by_ref().take(at_most) {
                if let Err(error) = rows.row(&*row) {
                    self.rows = Vec::new().into_iter();
                    self.connection.abort();
                    return Err(error.context(reading(self.table)));
                }
            }
            Ok((rows, self.rows.len() > 0))
        })
    }
}
