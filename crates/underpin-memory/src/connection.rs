//! One connection: where it stands in its transaction, and its requests.

use std::sync::Arc;

use underpin_core::{BoxFuture, ColumnSet, Dialect, Error, OwnedRow, Result};
use underpin_schema::TableDef;
use underpin_sql::driver::{Batch, Connection, Receive, RowStream, Step, TransactionOptions};
use underpin_sql::{Change, Query, RowSource, Write, WriteKind};

use crate::driver::Shared;
use crate::stream::MemoryStream;
use crate::transaction::Transaction;

/// One connection to a store in memory. What is open when it is dropped is gone.
pub(crate) struct MemoryConnection {
    shared: Arc<Shared>,
    phase: Phase,
}

/// Where a connection stands.
enum Phase {
    /// Every request commits by itself.
    Idle,
    /// A transaction begins with the next request.
    Pending(TransactionOptions),
    Open(Box<Transaction>),
    /// A request failed, or was interrupted by a panic; what is left of the transaction has its savepoints.
    Aborted(Option<Box<Transaction>>),
}

/// The error of a request in an aborted transaction.
fn aborted() -> Error {
    Error::usage(
        "the transaction was aborted by an earlier error",
        "roll it back, or go back to a savepoint; the earlier error says what was wrong",
    )
}

/// What a query attempts, for an error.
pub(crate) fn reading(table: &TableDef) -> String {
    format!("select from {}", table.name)
}

fn no_sql(verb: &str) -> Error {
    Error::usage(
        format!("{verb}: the in-memory store has no SQL"),
        "its tables are there from the start; test what needs SQL against PostgreSQL or SQLite",
    )
}

impl MemoryConnection {
    pub(crate) fn new(shared: Arc<Shared>) -> Self {
        Self { shared, phase: Phase::Idle }
    }

    /// Makes a request: in the open transaction, or in one of its own. A failure aborts the transaction; one that is
    /// aborted takes part again only if the request goes back to a savepoint.
    fn request<T>(
        &mut self,
        goes_back: bool,
        run: impl FnOnce(&Shared, &mut Transaction) -> Result<T>,
    ) -> Result<T> {
        // Should a row panic while it is read or written, this is where the connection stands.
        let mut transaction = match std::mem::replace(&mut self.phase, Phase::Aborted(None)) {
            Phase::Idle => {
                self.phase = Phase::Idle;
                return self.request_alone(run);
            }
            Phase::Pending(options) => Box::new(Transaction::new(options, self.shared.committed.newest())),
            Phase::Open(transaction) => transaction,
            Phase::Aborted(Some(transaction)) if goes_back => transaction,
            Phase::Aborted(transaction) => {
                self.phase = Phase::Aborted(transaction);
                return Err(aborted());
            }
        };
        self.shared.count_round_trip();
        let result = run(&self.shared, &mut transaction);
        self.phase = match result {
            Ok(_) => Phase::Open(transaction),
            Err(_) => Phase::Aborted(Some(transaction)),
        };
        result
    }

    /// Makes a request in a transaction of its own.
    fn request_alone<T>(&self, run: impl FnOnce(&Shared, &mut Transaction) -> Result<T>) -> Result<T> {
        self.shared.count_round_trip();
        let mut transaction = Transaction::new(TransactionOptions::new(), self.shared.committed.newest());
        let result = run(&self.shared, &mut transaction)?;
        transaction.commit(&self.shared)?;
        Ok(result)
    }

    /// A request failed after it had given control back.
    pub(crate) fn abort(&mut self) {
        self.phase = match std::mem::replace(&mut self.phase, Phase::Idle) {
            Phase::Open(transaction) => Phase::Aborted(Some(transaction)),
            phase => phase,
        };
    }

    fn fetch_now(&mut self, query: &Query<'_>, mut rows: Box<dyn Receive>) -> Result<Box<dyn Receive>> {
        self.request(false, |shared, transaction| {
            let found = transaction.select(shared, query)?;
            found.rows.iter().try_for_each(|(_, row)| rows.row(&**row))?;
            Ok(rows)
        })
        .map_err(|error| error.context(reading(query.table())))
    }

    fn write_now(&mut self, batch: &Batch<'_>) -> Result<Vec<Vec<OwnedRow>>> {
        if let (true, Phase::Idle | Phase::Pending(_)) = (batch.steps.is_empty(), &self.phase) {
            // There is nothing to send, be it a commit.
            if batch.commit {
                self.phase = Phase::Idle;
            }
            return Ok(Vec::new());
        }
        let goes_back = matches!(batch.steps.first(), Some(Step::RollbackTo(_)));
        let returned = self.request(goes_back, |shared, transaction| {
            let mut returned = Vec::with_capacity(batch.steps.len());
            for step in batch.steps {
                match step {
                    Step::Write(write) => {
                        let rows = transaction.write(shared, write);
                        returned.push(rows.map_err(|error| error.context(write.attempted()))?);
                    }
                    Step::Savepoint(number) => transaction.savepoint(*number),
                    Step::RollbackTo(number) => transaction.roll_back_to(*number)?,
                    Step::Release(number) => transaction.release(*number)?,
                    _ => {
                        return Err(Error::usage(
                            "the in-memory store does not know this step",
                            "report this as a defect",
                        ));
                    }
                }
            }
            Ok(returned)
        })?;
        if batch.commit {
            self.commit_open()?;
        }
        Ok(returned)
    }

    /// Commits what is open. Whatever comes of it, nothing of the transaction is left; after a failure it counts as
    /// aborted, so that nobody takes what follows for a part of it.
    fn commit_open(&mut self) -> Result<()> {
        match std::mem::replace(&mut self.phase, Phase::Aborted(None)) {
            Phase::Open(transaction) => {
                transaction.commit(&self.shared).map_err(|error| error.context("commit"))?;
            }
            Phase::Aborted(_) => return Err(aborted().context("commit")),
            Phase::Idle | Phase::Pending(_) => {}
        }
        self.phase = Phase::Idle;
        Ok(())
    }
}

impl Connection for MemoryConnection {
    fn dialect(&self) -> &'static Dialect {
        Dialect::MEMORY
    }

    fn begin(&mut self, options: TransactionOptions) {
        if let Phase::Idle = self.phase {
            self.phase = Phase::Pending(options);
        }
    }

    fn in_transaction(&self) -> bool {
        !matches!(self.phase, Phase::Idle)
    }

    fn fetch<'a>(
        &'a mut self,
        query: &'a Query<'a>,
        rows: Box<dyn Receive>,
    ) -> BoxFuture<'a, Result<Box<dyn Receive>>> {
        Box::pin(async move { self.fetch_now(query, rows) })
    }

    fn stream<'a>(&'a mut self, query: &'a Query<'a>) -> BoxFuture<'a, Result<Box<dyn RowStream + 'a>>> {
        Box::pin(async move {
            let found = self.request(false, |shared, transaction| transaction.select(shared, query));
            let found = found.map_err(|error| error.context(reading(query.table())))?;
            Ok(Box::new(MemoryStream::new(self, query.table(), found)) as Box<dyn RowStream + 'a>)
        })
    }

    fn write<'a>(&'a mut self, batch: &'a Batch<'a>) -> BoxFuture<'a, Result<Vec<Vec<OwnedRow>>>> {
        Box::pin(async move { self.write_now(batch) })
    }

    fn change<'a>(
        &'a mut self,
        change: &'a Change<'a>,
        mut rows: Box<dyn Receive>,
    ) -> BoxFuture<'a, Result<(u64, Box<dyn Receive>)>> {
        Box::pin(async move {
            let changed = self.request(false, |shared, transaction| {
                let (count, returned) = transaction.change(shared, change)?;
                returned.iter().try_for_each(|row| rows.row(row))?;
                Ok((count, rows))
            });
            changed.map_err(|error| error.context(change.attempted()))
        })
    }

    fn load<'a>(
        &'a mut self,
        table: &'static TableDef,
        rows: &'a mut dyn RowSource,
    ) -> BoxFuture<'a, Result<u64>> {
        Box::pin(async move {
            let loaded = self.request(false, |shared, transaction| {
                let mut count = 0;
                while let Some((columns, rows)) = rows.portion() {
                    let returning = ColumnSet::EMPTY;
                    let write =
                        Write { table, kind: WriteKind::Insert, columns, returning, versioned: false, rows };
                    transaction.write(shared, &write)?;
                    count += rows.len() as u64;
                }
                Ok(count)
            });
            loaded.map_err(|error| error.context(format!("load into {}", table.name)))
        })
    }

    fn script<'a>(&'a mut self, _sql: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move { self.request(false, |_, _| Err(no_sql("script"))) })
    }

    fn texts<'a>(
        &'a mut self,
        _sql: &'a str,
        _params: &'a [Option<&'a str>],
    ) -> BoxFuture<'a, Result<Vec<Vec<Option<String>>>>> {
        Box::pin(async move { self.request(false, |_, _| Err(no_sql("texts"))) })
    }

    fn commit(&mut self) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move {
            if let Phase::Open(_) | Phase::Aborted(_) = self.phase {
                self.shared.count_round_trip();
            }
            self.commit_open()
        })
    }

    fn rollback(&mut self) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move {
            if let Phase::Open(_) | Phase::Aborted(Some(_)) = self.phase {
                self.shared.count_round_trip();
            }
            self.phase = Phase::Idle;
            Ok(())
        })
    }
}

impl Drop for MemoryConnection {
    fn drop(&mut self) {
        self.shared.connection_closed();
    }
}
