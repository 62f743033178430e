//! What the runner needs of a database connection, and nothing more.

use std::pin::Pin;

use underpin_core::{Error, ErrorKind};

use crate::{Dialect, DriverError};

/// The answer of a [`Target`].
pub type TargetFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, DriverError>> + Send + 'a>>;

/// Rows whose columns are all text.
pub type TextRows = Vec<Vec<Option<String>>>;

/// One connection to the database that is migrated: the same session from the first call to the last.
///
/// A run that is dropped half-way leaves its transaction and its lock on the connection: do not use it again, close
/// it.
pub trait Target: Send {
    /// Which database it is.
    fn dialect(&self) -> Dialect;

    /// Runs exactly one statement and throws away the rows that it returns. Outside of [`Target::begin`] the
    /// statement must not be wrapped in a transaction, not even by being sent together with others.
    fn execute<'a>(&'a mut self, sql: &'a str) -> TargetFuture<'a, ()>;

    /// Runs one statement and returns its rows, whose columns are all of type text.
    fn query<'a>(&'a mut self, sql: &'a str) -> TargetFuture<'a, TextRows>;

    /// As [`query`](Target::query), with text parameters (`$1` or `?1`), which stand in no log. A target that has none to give
    /// refuses.
    fn query_with<'a>(&'a mut self, _sql: &'a str, _params: &'a [String]) -> TargetFuture<'a, TextRows> {
        Box::pin(async { Err("this connection takes no parameters".into()) })
    }

    /// Begins a transaction that writes: on SQLite it takes the write lock now (BEGIN IMMEDIATE), waiting as long
    /// as the connection's busy timeout says.
    fn begin(&mut self) -> TargetFuture<'_, ()>;

    /// Commits. An answer other than that the transaction is committed is an error.
    fn commit(&mut self) -> TargetFuture<'_, ()>;

    /// Rolls back.
    fn rollback(&mut self) -> TargetFuture<'_, ()>;

    /// Whether a failure means no more than that somebody else was in the way: a lock was not to be had in time, or
    /// a deadlock was broken. The same work may succeed later.
    fn is_in_the_way(&self, error: &DriverError) -> bool {
        let kind = error.downcast_ref::<Error>().map(Error::kind);
        matches!(kind, Some(ErrorKind::Busy | ErrorKind::Deadlock))
    }

    /// The five-character code of a failure, where the database gave one.
    fn sqlstate(&self, error: &DriverError) -> Option<String> {
        error.downcast_ref::<Error>().and_then(Error::sqlstate).map(str::to_owned)
    }

    /// A second connection, which is asked who is in the way while this one waits. Opening it may be put off until
    /// the first question. Without one the messages say less.
    fn observer(&mut self) -> Option<Box<dyn Observer>> {
        None
    }
}

/// A second connection to the database that is migrated.
pub trait Observer: Send {
    /// Runs one statement and returns its rows, whose columns are all of type text.
    fn query<'a>(&'a mut self, sql: &'a str) -> TargetFuture<'a, TextRows>;
}
