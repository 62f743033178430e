//! A driver's connection as the target of a run.

use underpin_sql::driver::{Connection, TransactionOptions};

use super::target::{Target, TargetFuture};
use crate::error::Kind;
use crate::{Dialect, MigrateError};

/// One connection of a driver, for the length of a run. Dropping it gives the connection back to its pool.
pub struct ConnectionTarget {
    connection: Box<dyn Connection>,
    dialect: Dialect,
}

impl ConnectionTarget {
    /// Takes a connection that was checked out for writing.
    ///
    /// # Errors
    /// If it leads to a database that has no revisions: the in-memory store.
    pub fn new(connection: Box<dyn Connection>) -> Result<Self, MigrateError> {
        let name = connection.dialect().name;
        match Dialect::named(name) {
            Some(dialect) => Ok(Self { connection, dialect }),
            None => Err(MigrateError::new(
                Kind::Database,
                format!("the database is of the kind `{name}`, which has no revisions"),
                "migrate a PostgreSQL or SQLite database; the in-memory store follows the program's schema by itself",
            )),
        }
    }
}

impl Target for ConnectionTarget {
    fn dialect(&self) -> Dialect {
        self.dialect
    }

    fn execute<'a>(&'a mut self, sql: &'a str) -> TargetFuture<'a, ()> {
        Box::pin(async move { Ok(self.connection.script(sql).await?) })
    }

    fn query<'a>(&'a mut self, sql: &'a str) -> TargetFuture<'a, Vec<Vec<Option<String>>>> {
        Box::pin(async move { Ok(self.connection.texts(sql, &[]).await?) })
    }

    fn begin(&mut self) -> TargetFuture<'_, ()> {
        // BEGIN travels with the next statement; on SQLite it is BEGIN IMMEDIATE.
        self.connection.begin(TransactionOptions::new());
        Box::pin(async { Ok(()) })
    }

    fn commit(&mut self) -> TargetFuture<'_, ()> {
        Box::pin(async move { Ok(self.connection.commit().await?) })
    }

    fn rollback(&mut self) -> TargetFuture<'_, ()> {
        Box::pin(async move { Ok(self.connection.rollback().await?) })
    }
}

impl std::fmt::Debug for ConnectionTarget {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ConnectionTarget").field("dialect", &self.dialect).finish_non_exhaustive()
    }
}
