//! One checked-out connection: hands requests to where SQLite runs, and leaves nothing behind when it is dropped.

use std::time::Duration;

use tokio::sync::oneshot;
use underpin_core::{BoxFuture, Dialect, Error, OwnedRow, Result};
use underpin_schema::TableDef;
use underpin_sql::driver::{
    Access, Batch, Connection, Description, Observed, Receive, RowStream, TransactionOptions,
};
use underpin_sql::{Change, Query, RowSource};

use crate::codec::Arena;
use crate::connect::Session;
use crate::error::aborted;
use crate::pool::{Lease, Seat};
use crate::thread::lost;
use crate::transaction::State;

/// A buffer that has grown beyond this is not kept.
const SPARE: usize = 1 << 20;

/// One checked-out connection.
pub(crate) struct SqliteConnection {
    /// Empty only while it is being dropped.
    lease: Option<Lease>,
    access: Access,
    pub(crate) state: State,
    /// Whether a request was sent whose answer has not come: its future was dropped, or its thread is gone.
    pub(crate) in_flight: bool,
    /// Whether SQL of the program's own ran, which may have changed settings.
    touched: bool,
    /// The buffer of the last request, to be used again.
    arena: Arena,
}

/// The answer to a request, or where it will come from.
pub(crate) enum Answer<T> {
    Here(Done<T>),
    Coming(oneshot::Receiver<Done<T>>),
}

/// What a request gives back: its result, where the transaction stands, and its buffer.
pub(crate) struct Done<T> {
    result: Result<T>,
    state: State,
    arena: Arena,
}

impl SqliteConnection {
    pub(crate) fn new(lease: Lease, access: Access) -> Self {
        let state = State::default();
        Self { lease: Some(lease), access, state, in_flight: false, touched: false, arena: Arena::default() }
    }

    /// The loan, as long as the connection is in use.
    pub(crate) fn lease(&mut self) -> Result<&mut Lease> {
        self.lease.as_mut().ok_or_else(lost)
    }

    /// An empty buffer.
    pub(crate) fn buffer(&mut self) -> Arena {
        let mut arena = std::mem::take(&mut self.arena);
        arena.clear();
        arena
    }

    /// Refuses requests after one whose future was dropped.
    pub(crate) fn check_usable(&self) -> Result<()> {
        if self.in_flight {
            return Err(Error::usage(
                "an earlier request on this connection was dropped before it was done",
                "drop the connection, or the unit of work, and take another",
            ));
        }
        Ok(())
    }

    /// Whether SQL of the program's own must be kept from writing.
    pub(crate) fn must_guard(&self) -> bool {
        self.access == Access::Read || self.state.is_read_only()
    }

    /// Refuses to write where only reading was asked for.
    pub(crate) fn check_writable(&self) -> Result<()> {
        if self.access == Access::Read {
            return Err(Error::usage("this connection was taken for reading", "take one for writing"));
        }
        Ok(())
    }

    /// How long a request may take before it is worth a warning.
    pub(crate) fn slow(&self) -> Duration {
        self.lease.as_ref().map_or(Duration::MAX, |lease| lease.pool.slow)
    }

    /// Tells of a request that has ended.
    pub(crate) fn observed<'a, T>(
        &self,
        observed: Observed,
        result: &Result<T>,
        describe: impl FnOnce() -> Description<'a>,
    ) {
        if let Some(lease) = &self.lease {
            observed.finish(&lease.pool.counters, result, describe);
        }
    }

    /// Counts statements, for the pool's status.
    pub(crate) fn count(&self, statements: usize) {
        if let Some(lease) = &self.lease {
            lease.pool.counters.statements(statements);
        }
    }

    /// Counts one crossing to the connection's thread, or one call in its place.
    pub(crate) fn count_round_trip(&self) {
        if let Some(lease) = &self.lease {
            lease.pool.counters.round_trip();
        }
    }

    /// Ends a request: after a failure inside a transaction that transaction is aborted.
    pub(crate) fn leave<T>(&mut self, result: Result<T>) -> Result<T> {
        if result.is_err() {
            self.state.abort();
        }
        result
    }

    /// Says that the settings of the connection must be set anew before its next user.
    pub(crate) fn touch(&mut self) {
        self.touched = true;
    }

    /// Whether SQLite runs on the caller's thread.
    pub(crate) fn is_inline(&self) -> bool {
        matches!(&self.lease, Some(Lease { seat: Some(Seat::Inline(_)), .. }))
    }

    /// Sends a request to where SQLite runs, or runs it here.
    pub(crate) fn start<T, J>(&mut self, arena: Arena, job: J) -> Result<Answer<T>>
    where
        T: Send + 'static,
        J: FnOnce(&mut Session, &mut State, &Arena) -> Result<T> + Send + 'static,
    {
        self.check_usable()?;
        self.count_round_trip();
        let mut state = self.state;
        let run = move |session: &mut Session| {
            let result = job(session, &mut state, &arena);
            Done { result, state, arena }
        };
        let lease = self.lease.as_mut().ok_or_else(lost)?;
        match lease.seat.as_mut().ok_or_else(lost)? {
            Seat::Inline(session) => {
                // Stays so if a row panics while it is decoded.
                self.in_flight = true;
                Ok(Answer::Here(run(session)))
            }
            Seat::Thread(worker) => {
                let (sender, answer) = oneshot::channel();
                self.in_flight = true;
                worker.send(Box::new(move |session| {
                    // Nobody listens if the caller's future was dropped; its connection cleans up.
                    let _ = sender.send(run(session));
                }));
                Ok(Answer::Coming(answer))
            }
        }
    }

    /// Waits for the answer to a request.
    pub(crate) async fn finish<T>(&mut self, answer: Answer<T>) -> Result<T> {
        let done = match answer {
            Answer::Here(done) => done,
            Answer::Coming(answer) => answer.await.map_err(|_| lost())?,
        };
        self.in_flight = false;
        self.state = done.state;
        if done.arena.len() <= SPARE {
            self.arena = done.arena;
        }
        done.result
    }

    /// Sends a request and waits for its answer.
    pub(crate) async fn call<T, J>(&mut self, arena: Arena, job: J) -> Result<T>
    where
        T: Send + 'static,
        J: FnOnce(&mut Session, &mut State, &Arena) -> Result<T> + Send + 'static,
    {
        let answer = self.start(arena, job)?;
        self.finish(answer).await
    }
}

impl SqliteConnection {
    /// Commits; a transaction in which nothing was sent needs no request.
    pub(crate) async fn run_commit(&mut self) -> Result<()> {
        self.check_usable()?;
        if self.state.is_aborted() {
            return Err(aborted());
        }
        if !self.state.is_open() {
            self.state = State::default();
            return Ok(());
        }
        let arena = self.buffer();
        self.call(arena, |session, state, _| state.commit(session)).await
    }

    /// Rolls back; so does what SQLite has already rolled back.
    pub(crate) async fn run_rollback(&mut self) -> Result<()> {
        self.check_usable()?;
        if !self.state.is_open() {
            self.state = State::default();
            return Ok(());
        }
        let arena = self.buffer();
        self.call(arena, |session, state, _| state.roll_back(session)).await
    }
}

impl Connection for SqliteConnection {
    fn dialect(&self) -> &'static Dialect {
        Dialect::SQLITE
    }

    fn begin(&mut self, options: TransactionOptions) {
        self.state.begin(options);
    }

    fn in_transaction(&self) -> bool {
        self.state.is_transaction()
    }

    fn fetch<'a>(
        &'a mut self,
        query: &'a Query<'a>,
        rows: Box<dyn Receive>,
    ) -> BoxFuture<'a, Result<Box<dyn Receive>>> {
        Box::pin(async move {
            let fetched = self.run_fetch(query, rows).await;
            self.leave(fetched)
        })
    }

    fn stream<'a>(&'a mut self, query: &'a Query<'a>) -> BoxFuture<'a, Result<Box<dyn RowStream + 'a>>> {
        Box::pin(async move { Ok(Box::new(self.open_stream(query)?) as Box<dyn RowStream + 'a>) })
    }

    fn write<'a>(&'a mut self, batch: &'a Batch<'a>) -> BoxFuture<'a, Result<Vec<Vec<OwnedRow>>>> {
        Box::pin(async move {
            let written = self.run_write(batch).await;
            self.leave(written)
        })
    }

    fn change<'a>(
        &'a mut self,
        change: &'a Change<'a>,
        rows: Box<dyn Receive>,
    ) -> BoxFuture<'a, Result<(u64, Box<dyn Receive>)>> {
        Box::pin(async move {
            let changed = self.run_change(change, rows).await;
            self.leave(changed)
        })
    }

    fn load<'a>(
        &'a mut self,
        table: &'static TableDef,
        rows: &'a mut dyn RowSource,
    ) -> BoxFuture<'a, Result<u64>> {
        Box::pin(async move {
            let loaded = self.run_load(table, rows).await;
            self.leave(loaded)
        })
    }

    fn script<'a>(&'a mut self, sql: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let ran = self.run_script(sql).await;
            self.leave(ran)
        })
    }

    fn texts<'a>(
        &'a mut self,
        sql: &'a str,
        params: &'a [Option<&'a str>],
    ) -> BoxFuture<'a, Result<Vec<Vec<Option<String>>>>> {
        Box::pin(async move {
            let texts = self.run_texts(sql, params).await;
            self.leave(texts)
        })
    }

    fn commit(&mut self) -> BoxFuture<'_, Result<()>> {
        Box::pin(self.run_commit())
    }

    fn rollback(&mut self) -> BoxFuture<'_, Result<()>> {
        Box::pin(self.run_rollback())
    }
}

impl Drop for SqliteConnection {
    fn drop(&mut self) {
        let Some(mut lease) = self.lease.take() else { return };
        if !self.in_flight && !self.touched && !self.state.is_open() {
            return;
        }
        lease.clean = false;
        match &mut lease.seat {
            None => {}
            Some(Seat::Inline(session)) => lease.clean = session.reset().is_ok(),
            Some(Seat::Thread(worker)) => {
                // The loan travels behind whatever still runs, and ends when the connection is clean.
                let jobs = worker.jobs();
                let _ = jobs.send(Box::new(move |session| {
                    let mut lease = lease;
                    lease.clean = session.reset().is_ok();
                }));
            }
        }
    }
}
