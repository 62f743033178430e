//! A driver's connection as the target of a run.

use std::sync::Arc;

use underpin_sql::driver::{Access, Connection, Driver, TransactionOptions};

use super::target::{Observer, Target, TargetFuture, TextRows};
use crate::error::Kind;
use crate::{Dialect, MigrateError};

/// One connection of a driver, for the length of a run. Dropping it gives the connection back to its pool.
pub struct ConnectionTarget {
    connection: Box<dyn Connection>,
    dialect: Dialect,
    /// Where a second connection comes from.
    driver: Option<Arc<dyn Driver>>,
}

impl ConnectionTarget {
    /// Takes a connection out of a driver's pool, and a second one when there is something to find out while the first
    /// one waits.
    ///
    /// # Errors
    /// If no connection is to be had; if the database has no revisions: the in-memory store.
    pub async fn acquire(driver: Arc<dyn Driver>) -> Result<Self, MigrateError> {
        let connection = driver.acquire(Access::Write).await.map_err(|error| {
            MigrateError::new(Kind::Database, "no connection to the database", "see the cause")
                .caused_by(error)
        })?;
        Ok(Self { driver: Some(driver), ..Self::new(connection)? })
    }

    /// Takes a connection that was checked out for writing.
    ///
    /// # Errors
    /// If it leads to a database that has no revisions: the in-memory store.
    pub fn new(connection: Box<dyn Connection>) -> Result<Self, MigrateError> {
        let name = connection.dialect().name;
        match Dialect::named(name) {
            Some(dialect) => Ok(Self { connection, dialect, driver: None }),
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

    fn query<'a>(&'a mut self, sql: &'a str) -> TargetFuture<'a, TextRows> {
        Box::pin(async move { Ok(self.connection.texts(sql, &[]).await?) })
    }

    fn query_with<'a>(&'a mut self, sql: &'a str, params: &'a [String]) -> TargetFuture<'a, TextRows> {
        Box::pin(async move {
            let params: Vec<Option<&str>> = params.iter().map(|param| Some(param.as_str())).collect();
            Ok(self.connection.texts(sql, &params).await?)
        })
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

    fn observer(&mut self) -> Option<Box<dyn Observer>> {
        let driver = Arc::clone(self.driver.as_ref()?);
        Some(Box::new(SecondConnection { driver, connection: None }))
    }
}

impl std::fmt::Debug for ConnectionTarget {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ConnectionTarget").field("dialect", &self.dialect).finish_non_exhaustive()
    }
}

/// A second connection, which is taken out of the pool at the first question.
struct SecondConnection {
    driver: Arc<dyn Driver>,
    connection: Option<Box<dyn Connection>>,
}

impl Observer for SecondConnection {
    fn query<'a>(&'a mut self, sql: &'a str) -> TargetFuture<'a, TextRows> {
        Box::pin(async move {
            let mut connection = match self.connection.take() {
                Some(connection) => connection,
                None => self.driver.acquire(Access::Read).await?,
            };
            // One that failed, or was given up half-way, is not asked again.
            let rows = connection.texts(sql, &[]).await?;
            self.connection = Some(connection);
            Ok(rows)
        })
    }
}
