//! What the runner needs of a database connection, and nothing more.

use std::pin::Pin;

use crate::{Dialect, DriverError};

/// The answer of a [`Target`].
pub type TargetFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, DriverError>> + Send + 'a>>;

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
    fn query<'a>(&'a mut self, sql: &'a str) -> TargetFuture<'a, Vec<Vec<Option<String>>>>;

    /// Begins a transaction that writes: on SQLite it takes the write lock now (BEGIN IMMEDIATE), waiting as long
    /// as the connection's busy timeout says.
    fn begin(&mut self) -> TargetFuture<'_, ()>;

    /// Commits. An answer other than that the transaction is committed is an error.
    fn commit(&mut self) -> TargetFuture<'_, ()>;

    /// Rolls back.
    fn rollback(&mut self) -> TargetFuture<'_, ()>;
}
