//! Where a workload takes place: the databases, their tables, and the rows that stand there before the clock starts.

mod address;
mod postgres;
mod sqlite;

use std::ops::Range;
use std::path::PathBuf;

pub(crate) use address::Address;
pub(crate) use postgres::{PostgresDatabase, PostgresStore};
#[cfg(feature = "diesel")]
pub(crate) use sqlite::PRAGMAS as SQLITE_PRAGMAS;
pub(crate) use sqlite::{SqliteStore, open as open_sqlite};

use crate::failure::Result;

/// The two databases of the benchmark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Database {
    Postgres,
    Sqlite,
}

impl Database {
    /// As the table and the command line name it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Postgres => "PostgreSQL",
            Self::Sqlite => "SQLite",
        }
    }
}

/// What a variant needs to connect.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// The URL of the PostgreSQL database, through the slow proxy if the workload wants it.
    pub(crate) url: String,
    /// The SQLite file of this variant alone.
    pub(crate) file: PathBuf,
}

/// The benchmark's own connection: it fills the tables, and looks afterwards at what a variant left in them.
pub(crate) enum Store {
    Postgres(PostgresStore),
    Sqlite(SqliteStore),
}

impl Store {
    /// Empties every table.
    pub(crate) async fn clear(&mut self) -> Result<()> {
        match self {
            Self::Postgres(store) => store.clear().await,
            Self::Sqlite(store) => store.clear(),
        }
    }

    /// Runs statements without parameters.
    pub(crate) async fn script(&mut self, sql: &str) -> Result<()> {
        match self {
            Self::Postgres(store) => store.script(sql).await,
            Self::Sqlite(store) => store.script(sql),
        }
    }

    /// Puts these sample users into `users`.
    pub(crate) async fn add_users(&mut self, numbers: Range<usize>) -> Result<()> {
        match self {
            Self::Postgres(store) => store.add_users(numbers).await,
            Self::Sqlite(store) => store.add_users(numbers),
        }
    }

    /// Puts these sample cars into `cars`.
    pub(crate) async fn add_cars(&mut self, numbers: Range<usize>) -> Result<()> {
        match self {
            Self::Postgres(store) => store.add_cars(numbers).await,
            Self::Sqlite(store) => store.add_cars(numbers),
        }
    }

    /// Puts these sample accounts into `accounts`.
    pub(crate) async fn add_accounts(&mut self, numbers: Range<usize>) -> Result<()> {
        match self {
            Self::Postgres(store) => store.add_accounts(numbers).await,
            Self::Sqlite(store) => store.add_accounts(numbers),
        }
    }

    /// Creates the four secondary indexes of `cars`, or drops them.
    pub(crate) async fn index_cars(&mut self, indexed: bool) -> Result<()> {
        match self {
            Self::Postgres(store) => store.index_cars(indexed).await,
            Self::Sqlite(store) => store.index_cars(indexed),
        }
    }

    /// The one integer that a query yields.
    pub(crate) async fn number(&mut self, query: &str) -> Result<i64> {
        match self {
            Self::Postgres(store) => store.number(query).await,
            Self::Sqlite(store) => store.number(query),
        }
    }

    /// The sum of a money column in hundredths: `numeric` in PostgreSQL, an integer of hundredths in SQLite.
    pub(crate) async fn cents(&mut self, table: &str, column: &str) -> Result<i64> {
        let query = match self {
            Self::Postgres(_) => format!("SELECT (coalesce(sum({column}), 0) * 100)::bigint FROM {table}"),
            Self::Sqlite(_) => format!("SELECT coalesce(sum({column}), 0) FROM {table}"),
        };
        self.number(&query).await
    }

    /// Fails unless the query yields this integer.
    pub(crate) async fn expect(&mut self, query: &str, expected: i64) -> Result<()> {
        let found = self.number(query).await?;
        same(query, found, expected)
    }
}

/// Fails unless both are equal, and says what differs.
pub(crate) fn same<T: PartialEq + std::fmt::Debug>(what: &str, found: T, expected: T) -> Result<()> {
    if found == expected {
        return Ok(());
    }
    Err(format!("wrong result: {what} gave {found:?} where {expected:?} was expected").into())
}
