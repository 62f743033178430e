//! The driver traits.

use std::fmt::Debug;

use underpin_core::{BoxFuture, Dialect, OwnedRow, Result};
use underpin_schema::TableDef;

use super::{Journal, Position, Receive, TransactionOptions};
use crate::{Change, Query, RowSource, Write};

/// A pool of connections to one database.
pub trait Driver: Debug + Send + Sync {
    /// Which database it is.
    fn dialect(&self) -> &'static Dialect;

    /// Takes a connection out of the pool, waiting at most the pool's timeout.
    ///
    /// A connection that is dropped with an open transaction, or in the middle of a request, never reaches the next
    /// caller in that state: the driver rolls back or discards it.
    fn acquire(&self, access: Access) -> BoxFuture<'_, Result<Box<dyn Connection>>>;

    /// How the pool stands.
    fn status(&self) -> PoolStatus;

    /// Where the statements of the pool are written down while somebody listens, if they are.
    fn journal(&self) -> Option<&Journal> {
        None
    }

    /// Closes idle connections and refuses new check-outs.
    fn close(&self) -> BoxFuture<'_, ()>;
}

/// What a connection is taken for. SQLite has one writer and several readers; PostgreSQL makes no difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Reading only.
    Read,
    /// Anything.
    Write,
}

/// How a pool stands at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct PoolStatus {
    /// Connections that are open.
    pub open: usize,
    /// Open connections that nobody uses.
    pub idle: usize,
    /// Callers that wait for one.
    pub waiting: usize,
    /// The most connections that may be open: size and overflow.
    pub limit: usize,
    /// Statements sent since the pool was made, BEGIN and COMMIT not counted.
    pub statements: u64,
    /// Round trips waited for since the pool was made.
    pub round_trips: u64,
}

/// One connection, used by one caller at a time.
///
/// Rules for a driver:
/// - `begin` sends nothing: BEGIN travels with the next request.
/// - After an error inside a transaction the transaction is aborted: every further request but `rollback` (or a
///   batch that starts with [`Step::RollbackTo`]) fails.
/// - A future that is dropped before it is done leaves the connection unusable for further requests; dropping the
///   connection then discards it.
/// - No error quotes a parameter or a stored value.
pub trait Connection: Send {
    /// Which database it is.
    fn dialect(&self) -> &'static Dialect;

    /// Starts a transaction with the next request.
    fn begin(&mut self, options: TransactionOptions);

    /// Whether a transaction is open or about to open.
    fn in_transaction(&self) -> bool;

    /// Fetches rows into `rows` and gives it back. The receiver may be sent to another thread and back, once.
    fn fetch<'a>(
        &'a mut self,
        query: &'a Query<'a>,
        rows: Box<dyn Receive>,
    ) -> BoxFuture<'a, Result<Box<dyn Receive>>>;

    /// Opens a stream of rows that needs bounded memory whatever the size of the result.
    fn stream<'a>(&'a mut self, query: &'a Query<'a>) -> BoxFuture<'a, Result<Box<dyn RowStream + 'a>>>;

    /// Executes the steps in order, all in one round trip where the protocol allows it, and commits after them if
    /// the batch says so; any failure aborts all of it.
    ///
    /// An update or delete that does not find every one of its rows (or its version) fails with
    /// [`underpin_core::Error::is_stale`]; the check happens in the database, before anything can commit.
    ///
    /// Gives, for each write step in order, the returned cells of its rows in the order of the rows: the columns of
    /// `returning`, ascending by position. Writes with an empty `returning` give an empty list.
    fn write<'a>(&'a mut self, batch: &'a Batch<'a>) -> BoxFuture<'a, Result<Vec<Vec<OwnedRow>>>>;

    /// Changes rows by one statement, or inserts a group of them; what comes back goes into `rows`. Gives how many rows
    /// were inserted, changed or deleted, and the receiver.
    fn change<'a>(
        &'a mut self,
        change: &'a Change<'a>,
        rows: Box<dyn Receive>,
    ) -> BoxFuture<'a, Result<(u64, Box<dyn Receive>)>>;

    /// Inserts many rows the fastest way there is (COPY on PostgreSQL); nothing is returned but their number. Outside a
    /// transaction either all of them are there afterwards, or none.
    fn load<'a>(
        &'a mut self,
        table: &'static TableDef,
        rows: &'a mut dyn RowSource,
    ) -> BoxFuture<'a, Result<u64>>;

    /// Runs SQL text as it stands: one or more statements without parameters. For migrations and scratch databases.
    fn script<'a>(&'a mut self, sql: &'a str) -> BoxFuture<'a, Result<()>>;

    /// Runs one statement with text parameters (`$1` or `?1`) and gives its rows as text. For catalogues and journals.
    fn texts<'a>(
        &'a mut self,
        sql: &'a str,
        params: &'a [Option<&'a str>],
    ) -> BoxFuture<'a, Result<Vec<Vec<Option<String>>>>>;

    /// How far the database has come, or, of a copy, how much of it is here. It is asked outside a transaction.
    fn position(&mut self) -> BoxFuture<'_, Result<Position>> {
        Box::pin(async { Ok(Position::UNKNOWN) })
    }

    /// Commits; without an open transaction it does nothing.
    fn commit(&mut self) -> BoxFuture<'_, Result<()>>;

    /// Rolls back; without an open transaction it does nothing.
    fn rollback(&mut self) -> BoxFuture<'_, Result<()>>;
}

/// Steps that are sent together.
#[derive(Debug)]
pub struct Batch<'a> {
    /// The steps, in order.
    pub steps: &'a [Step<'a>],
    /// Whether the transaction is committed after them.
    pub commit: bool,
}

/// One step of a batch.
#[derive(Debug)]
#[non_exhaustive]
pub enum Step<'a> {
    /// Writes a group of rows.
    Write(Write<'a>),
    /// Sets a savepoint; the number is unique in the unit of work.
    Savepoint(u32),
    /// Goes back to a savepoint, which stays.
    RollbackTo(u32),
    /// Forgets a savepoint.
    Release(u32),
}

/// Rows of a result, taken in portions.
pub trait RowStream: Send {
    /// Puts up to `at_most` rows into `rows` and gives it back, with whether more may follow.
    fn next(
        &mut self,
        rows: Box<dyn Receive>,
        at_most: usize,
    ) -> BoxFuture<'_, Result<(Box<dyn Receive>, bool)>>;
}
