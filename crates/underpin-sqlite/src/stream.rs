//! Streaming rows: the statement stays open where SQLite runs and gives a portion whenever it is asked.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::oneshot;
use underpin_core::{BoxFuture, Error, ErrorKind, Result};
use underpin_schema::TableDef;
use underpin_sql::Query;
use underpin_sql::driver::{Observed, Receive, RowStream};

use crate::codec::Arena;
use crate::connect::Session;
use crate::connection::SqliteConnection;
use crate::fetch::{Read, attempted, describe};
use crate::pool::Seat;
use crate::thread::{block_on, lost};
use crate::transaction::State;

/// A request for a portion.
struct Ask {
    rows: Box<dyn Receive>,
    at_most: usize,
    answer: oneshot::Sender<Portion>,
}

/// A portion, with whether more may follow, and where the transaction stands.
struct Portion {
    rows: Result<(Box<dyn Receive>, bool)>,
    state: State,
}

/// The connection's side: answers until the rows are at their end, or nobody asks any more.
struct Server {
    read: Read,
    arena: Arena,
    state: State,
    asks: mpsc::Receiver<Ask>,
}

/// Why the rows are not read to their end.
enum Stop {
    Undecodable(Error),
    NobodyAsks,
}

impl Server {
    fn serve(self, session: &Session) {
        let Self { read, arena, mut state, asks } = self;
        // Nothing happens before the first question, so that a stream that nobody reads leaves no trace.
        let Ok(first) = asks.recv() else { return };
        let mut ask = Some(first);
        let mut taken = 0;
        let done = read.run(session, &mut state, &arena, &mut |state, cells| {
            if let Some(full) = ask.take_if(|ask| taken >= ask.at_most.max(1)) {
                session.stop_clock();
                full.answer(Ok(true), state);
                ask = Some(asks.recv().map_err(|_| Stop::NobodyAsks)?);
                taken = 0;
                session.start_clock();
            }
            taken += 1;
            match &mut ask {
                Some(ask) => ask.rows.row(cells).map_err(Stop::Undecodable),
                None => Err(Stop::NobodyAsks),
            }
        });
        let last = match done {
            Ok(Ok(())) => Ok(false),
            Ok(Err(Stop::Undecodable(error))) | Err(error) => Err(error),
            Ok(Err(Stop::NobodyAsks)) => return,
        };
        if let Some(ask) = ask {
            ask.answer(last, state);
        }
    }
}

impl Ask {
    fn answer(self, more: Result<bool>, state: State) {
        let rows = more.map(|more| (self.rows, more));
        // A question whose future was dropped has no listener.
        let _ = self.answer.send(Portion { rows, state });
    }
}

/// The caller's side.
pub(crate) struct SqliteStream<'a> {
    connection: &'a mut SqliteConnection,
    /// Empty once the rows are at their end.
    asks: Option<mpsc::Sender<Ask>>,
    /// In blocking use, the thread that the connection is lent to.
    lent: Option<JoinHandle<Option<Box<Session>>>>,
    table: &'static TableDef,
}

impl SqliteConnection {
    pub(crate) fn open_stream<'a>(&'a mut self, query: &Query<'_>) -> Result<SqliteStream<'a>> {
        self.check_usable()?;
        let table = query.table();
        let mut arena = self.buffer();
        let read = Read::encode(query, &mut arena);
        let read = self.leave(read).map_err(|error| error.context(attempted(table)))?;
        self.count(1);
        // The caller decides how long a stream takes, so that is never slow.
        self.observed(Observed::start(Duration::MAX), &Ok(()), || describe(query));
        let (sender, asks) = mpsc::channel();
        let server = Server { read, arena, state: self.state, asks };
        let lease = self.lease()?;
        let lent = match lease.seat.take().ok_or_else(lost)? {
            Seat::Thread(worker) => {
                worker.send(Box::new(move |session| server.serve(session)));
                lease.seat = Some(Seat::Thread(worker));
                None
            }
            Seat::Inline(session) => match lend(server, session) {
                Ok(lent) => Some(lent),
                Err((session, error)) => {
                    lease.seat = Some(Seat::Inline(session));
                    return Err(error);
                }
            },
        };
        Ok(SqliteStream { connection: self, asks: Some(sender), lent, table })
    }
}

/// Lends a connection to a thread that serves a stream, because a statement that stays open cannot be kept beside
/// the connection that it borrows.
#[allow(clippy::type_complexity)] // both ends of it stand in this file
fn lend(
    server: Server,
    session: Box<Session>,
) -> Result<JoinHandle<Option<Box<Session>>>, (Box<Session>, Error)> {
    let (hand_over, handed) = mpsc::channel::<Box<Session>>();
    let run = move || {
        let session = handed.recv().ok()?;
        // A panic of the receiver must not cost the connection.
        let _ = catch_unwind(AssertUnwindSafe(|| server.serve(&session)));
        Some(session)
    };
    match std::thread::Builder::new().name("sqlite-stream".to_owned()).spawn(run) {
        Ok(lent) => match hand_over.send(session) {
            Ok(()) => Ok(lent),
            Err(mpsc::SendError(session)) => Err((session, lost())),
        },
        Err(why) => {
            let what = format!("no thread for a stream: {}", why.kind());
            Err((session, Error::new(ErrorKind::Connect, what)))
        }
    }
}

impl SqliteStream<'_> {
    async fn portion(&mut self, rows: Box<dyn Receive>, at_most: usize) -> Result<(Box<dyn Receive>, bool)> {
        self.connection.check_usable()?;
        let Some(asks) = &self.asks else { return Ok((rows, false)) };
        let (answer, coming) = oneshot::channel();
        self.connection.count_round_trip();
        self.connection.in_flight = true;
        asks.send(Ask { rows, at_most, answer }).map_err(|_| lost())?;
        let portion = if self.lent.is_some() { block_on(coming, None) } else { Some(coming.await) };
        let Some(Ok(Portion { rows, state })) = portion else { return Err(lost()) };
        self.connection.in_flight = false;
        self.connection.state = state;
        if !matches!(rows, Ok((_, true))) {
            self.asks = None;
        }
        rows
    }
}

impl RowStream for SqliteStream<'_> {
    fn next(
        &mut self,
        rows: Box<dyn Receive>,
        at_most: usize,
    ) -> BoxFuture<'_, Result<(Box<dyn Receive>, bool)>> {
        Box::pin(async move {
            let portion = self.portion(rows, at_most).await;
            self.connection.leave(portion).map_err(|error| error.context(attempted(self.table)))
        })
    }
}

impl Drop for SqliteStream<'_> {
    fn drop(&mut self) {
        // Without anybody who asks, the other side ends; what comes after it in the queue finds it ended.
        self.asks = None;
        if let Some(lent) = self.lent.take()
            && let Ok(Some(session)) = lent.join()
            && let Ok(lease) = self.connection.lease()
        {
            lease.seat = Some(Seat::Inline(session));
        }
    }
}
