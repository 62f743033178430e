//! One connection that is checked out, and how it goes back.

use std::sync::Arc;

use underpin_core::{BoxFuture, Dialect, Error, OwnedRow, Result};
use underpin_schema::TableDef;
use underpin_sql::driver::{Batch, Connection, Position, Receive, RowStream, Step, TransactionOptions};
use underpin_sql::{Change, Query, RowSource};

use crate::connect::Session;
use crate::pool::Shared;
use crate::stream::Portions;
use crate::transaction::Flow;

const ROLLBACK: &str = "ROLLBACK";

/// Undoes what a statement of `texts` may have left in the session: locks, settings, cursors, subscriptions.
const RESET: &str = "\
SELECT pg_catalog.pg_advisory_unlock_all();
CLOSE ALL;
UNLISTEN *;
RESET ALL";

/// A connection that is checked out.
pub(crate) struct PostgresConnection {
    /// There from when it is opened until it is dropped.
    pub(crate) session: Option<Box<Session>>,
    /// What the connections of the pool have in common.
    pub(crate) shared: Arc<Shared>,
    /// What state it is in.
    pub(crate) flow: Flow,
    /// What others must not find.
    pub(crate) traces: Traces,
}

/// What statements of the caller's own may have left in the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Traces {
    /// Nothing.
    None,
    /// Settings and locks.
    Settings,
    /// Anything: a script may do what it likes.
    Anything,
}

impl PostgresConnection {
    /// What becomes a connection once it has a session. Dropping it gives back what was borrowed from the pool.
    pub(crate) fn new(shared: Arc<Shared>) -> Self {
        Self { session: None, shared, flow: Flow::default(), traces: Traces::None }
    }

    /// The session.
    pub(crate) fn session(&mut self) -> Result<&mut Session> {
        self.session.as_deref_mut().ok_or_else(gone)
    }

    /// What requests are sent by.
    pub(crate) fn client(&mut self) -> Result<&mut underpin_wire::Connection> {
        self.session().map(|session| &mut session.client)
    }
}

fn gone() -> Error {
    Error::usage("the connection was given back", "report this as a defect")
}

impl Drop for PostgresConnection {
    fn drop(&mut self) {
        if self.flow.lost {
            self.shared.suspect();
        }
        let (busy, lost) = (self.flow.is_busy() || self.flow.draining, self.flow.lost);
        if busy || lost || self.traces == Traces::Anything {
            self.shared.discard(self.session.take(), busy && !lost);
            return;
        }
        if self.flow.open_on_server() {
            self.queue(ROLLBACK);
        }
        if self.traces == Traces::Settings {
            self.queue(RESET);
        }
        let sent = self.session.as_mut().is_none_or(|session| session.client.push());
        if sent {
            self.shared.give_back(self.session.take());
        } else {
            self.shared.discard(self.session.take(), false);
        }
    }
}

impl Connection for PostgresConnection {
    fn dialect(&self) -> &'static Dialect {
        Dialect::POSTGRES
    }

    fn begin(&mut self, options: TransactionOptions) {
        self.flow.begin(options);
    }

    fn in_transaction(&self) -> bool {
        self.flow.in_transaction()
    }

    fn fetch<'a>(
        &'a mut self,
        query: &'a Query<'a>,
        mut rows: Box<dyn Receive>,
    ) -> BoxFuture<'a, Result<Box<dyn Receive>>> {
        Box::pin(async move {
            self.flow.enter(false)?;
            let result = self.fetch_rows(query, &mut *rows).await;
            self.flow.leave(&result);
            result.map(|()| rows)
        })
    }

    fn stream<'a>(&'a mut self, query: &'a Query<'a>) -> BoxFuture<'a, Result<Box<dyn RowStream + 'a>>> {
        Box::pin(async move { Ok(Box::new(Portions::open(self, query).await?) as Box<dyn RowStream + 'a>) })
    }

    fn write<'a>(&'a mut self, batch: &'a Batch<'a>) -> BoxFuture<'a, Result<Vec<Vec<OwnedRow>>>> {
        Box::pin(async move {
            self.flow.enter(matches!(batch.steps.first(), Some(Step::RollbackTo(_))))?;
            let result = self.write_batch(batch).await;
            self.flow.leave(&result);
            result
        })
    }

    fn change<'a>(
        &'a mut self,
        change: &'a Change<'a>,
        mut rows: Box<dyn Receive>,
    ) -> BoxFuture<'a, Result<(u64, Box<dyn Receive>)>> {
        Box::pin(async move {
            self.flow.enter(false)?;
            let result = self.change_rows(change, &mut *rows).await;
            self.flow.leave(&result);
            result.map(|count| (count, rows))
        })
    }

    fn load<'a>(
        &'a mut self,
        table: &'static TableDef,
        rows: &'a mut dyn RowSource,
    ) -> BoxFuture<'a, Result<u64>> {
        Box::pin(async move {
            self.flow.enter(false)?;
            let result = self.load_rows(table, rows).await;
            self.flow.leave(&result);
            result
        })
    }

    fn script<'a>(&'a mut self, sql: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            self.flow.enter(false)?;
            self.traces = Traces::Anything;
            let result = self.run_script(sql).await;
            self.flow.leave(&result);
            result
        })
    }

    fn texts<'a>(
        &'a mut self,
        sql: &'a str,
        params: &'a [Option<&'a str>],
    ) -> BoxFuture<'a, Result<Vec<Vec<Option<String>>>>> {
        Box::pin(async move {
            self.flow.enter(false)?;
            self.traces = self.traces.max(Traces::Settings);
            let result = self.fetch_texts(sql, params).await;
            self.flow.leave(&result);
            result
        })
    }

    fn position(&mut self) -> BoxFuture<'_, Result<Position>> {
        Box::pin(async move {
            self.flow.enter(false)?;
            let result = self.fetch_position().await;
            self.flow.leave(&result);
            result
        })
    }

    fn commit(&mut self) -> BoxFuture<'_, Result<()>> {
        Box::pin(self.commit_now())
    }

    fn rollback(&mut self) -> BoxFuture<'_, Result<()>> {
        Box::pin(self.rollback_now())
    }
}
