//! SQLite as a target, straight on rusqlite.

use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;
use underpin_migrate::{Dialect, DriverError, Target, TargetFuture};

/// One connection.
pub(crate) struct Sqlite(Connection);

impl Sqlite {
    pub(crate) fn memory() -> Self {
        Self::of(Connection::open_in_memory().unwrap())
    }

    pub(crate) fn file(path: &Path) -> Self {
        Self::of(Connection::open(path).unwrap())
    }

    fn of(connection: Connection) -> Self {
        connection.busy_timeout(Duration::from_secs(5)).unwrap();
        connection.pragma_update(None, "foreign_keys", true).unwrap();
        // That the machine fails is no part of any test.
        connection.pragma_update(None, "synchronous", false).unwrap();
        Self(connection)
    }

    pub(crate) fn run(&self, sql: &str) -> Result<(), DriverError> {
        let mut statement = self.0.prepare(sql)?;
        let mut rows = statement.query([])?;
        while rows.next()?.is_some() {}
        Ok(())
    }

    /// The first column of every row.
    pub(crate) fn column(&self, sql: &str) -> Vec<String> {
        self.rows(sql).unwrap().into_iter().map(|mut row| row.remove(0).unwrap_or_default()).collect()
    }

    fn rows(&self, sql: &str) -> Result<Vec<Vec<Option<String>>>, DriverError> {
        let mut statement = self.0.prepare(sql)?;
        let width = statement.column_count();
        let rows = statement.query_map([], |row| (0..width).map(|index| row.get(index)).collect())?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Target for Sqlite {
    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    fn execute<'a>(&'a mut self, sql: &'a str) -> TargetFuture<'a, ()> {
        Box::pin(async move { self.run(sql) })
    }

    fn query<'a>(&'a mut self, sql: &'a str) -> TargetFuture<'a, Vec<Vec<Option<String>>>> {
        Box::pin(async move { self.rows(sql) })
    }

    fn begin(&mut self) -> TargetFuture<'_, ()> {
        Box::pin(async move { self.run("BEGIN IMMEDIATE") })
    }

    fn commit(&mut self) -> TargetFuture<'_, ()> {
        Box::pin(async move { self.run("COMMIT") })
    }

    fn rollback(&mut self) -> TargetFuture<'_, ()> {
        Box::pin(async move { self.run("ROLLBACK") })
    }

    fn is_in_the_way(&self, error: &DriverError) -> bool {
        let code = error.downcast_ref::<rusqlite::Error>().and_then(rusqlite::Error::sqlite_error_code);
        code == Some(rusqlite::ErrorCode::DatabaseBusy)
    }
}
