//! Reading in portions, in bounded memory: what is not asked for waits in the socket.

use underpin_core::{BoxFuture, Result};
use underpin_sql::Query;
use underpin_sql::driver::{Description, Observed, Receive, RowStream};
use underpin_wire::Rows as Arriving;

use crate::connection::PostgresConnection;
use crate::error;
use crate::fetch::{Request, decode};

/// Rows of a query, taken in portions.
pub(crate) struct Portions<'a> {
    connection: &'a mut PostgresConnection,
    query: &'a Query<'a>,
    /// `None` when all rows have been taken.
    rows: Option<Arriving>,
    check: bool,
}

impl<'a> Portions<'a> {
    /// Opens the stream; the connection is busy until its end.
    pub(crate) async fn open(connection: &'a mut PostgresConnection, query: &'a Query<'a>) -> Result<Self> {
        let table = query.table();
        connection.flow.enter(false)?;
        let opened = match Request::of(query) {
            Ok(Some(request)) => {
                let observed = Observed::start(connection.shared.options.slow_statement);
                let opened = connection.open(Some(query), &request).await.map(Some);
                observed.finish(&connection.shared.counters, &opened, || {
                    Description::one("SELECT", table.name, request.sql().text())
                });
                opened
            }
            Ok(None) => Ok(None),
            Err(error) => Err(error),
        };
        match opened {
            Ok(Some((rows, check))) => Ok(Self { connection, query, rows: Some(rows), check }),
            ended => {
                let ended = ended.map(|_| ());
                connection.flow.leave(&ended);
                let nothing = Self { connection, query, rows: None, check: false };
                ended.map(|()| nothing).map_err(|error| error.context(format!("select from {}", table.name)))
            }
        }
    }

    /// Takes rows until there are enough or none is left; whether more may follow.
    async fn take(&mut self, into: &mut dyn Receive, at_most: usize) -> Result<bool> {
        let Some(rows) = &mut self.rows else { return Ok(false) };
        for _ in 0..at_most {
            let client = self.connection.client()?;
            let Some(row) = client.next(rows).await.map_err(|error| error::of(&error))? else {
                return Ok(false);
            };
            if let Err(error) = decode(self.query, row, &mut self.check, into) {
                self.connection.flow.draining = true;
                return Err(error);
            }
        }
        Ok(true)
    }
}

impl RowStream for Portions<'_> {
    fn next(
        &mut self,
        mut rows: Box<dyn Receive>,
        at_most: usize,
    ) -> BoxFuture<'_, Result<(Box<dyn Receive>, bool)>> {
        Box::pin(async move {
            let taken = self.take(&mut *rows, at_most).await;
            let more = matches!(taken, Ok(true));
            if !more && self.rows.take().is_some() {
                self.connection.flow.leave(&taken);
            }
            taken
                .map(|more| (rows, more))
                .map_err(|error| error.context(format!("select from {}", self.query.table().name)))
        })
    }
}

impl Drop for Portions<'_> {
    fn drop(&mut self) {
        if self.rows.is_some() {
            self.connection.flow.abandon_stream();
        }
    }
}
