//! A database of a test's own, gone when the test ends.

use std::sync::atomic::{AtomicU32, Ordering};

use underpin_core::{ColumnSet, Result};
use underpin_postgres::PostgresDriver;
use underpin_schema::TableDef;
use underpin_sql::driver::{Access, Batch, ConnectOptions, Connection, Driver, PoolStatus, Step};
use underpin_sql::{Lock, Query, Select, Write, WriteKind};

use crate::rows::{Cells, Owned, Rows};

pub(crate) struct Scratch {
    pub(crate) name: String,
    pub(crate) driver: PostgresDriver,
}

/// URL of the maintenance database.
pub(crate) fn maintenance() -> String {
    std::env::var("UNDERPIN_TEST_POSTGRES")
        .unwrap_or_else(|_| "postgres://postgres@127.0.0.1:5432/postgres".to_owned())
}

/// The same server with another database, and with options.
pub(crate) fn url(database: &str, options: &str) -> String {
    let maintenance = maintenance();
    let (base, given) = maintenance.split_once('?').unwrap_or((&maintenance, ""));
    let (server, _) = base.rsplit_once('/').unwrap();
    format!(
        "{server}/{database}?{}",
        [given, options].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("&")
    )
}

pub(crate) async fn open(url: &str) -> Result<PostgresDriver> {
    PostgresDriver::connect(ConnectOptions::parse(url)?).await
}

async fn on_server(sql: &str) {
    let driver = open(&maintenance()).await.unwrap();
    driver.acquire(Access::Write).await.unwrap().script(sql).await.unwrap();
    driver.close().await;
}

impl Scratch {
    /// A database with the tables of these tests, and a pool of one connection and one more.
    pub(crate) async fn new() -> Self {
        Self::with("pool_size=1&max_overflow=1").await
    }

    pub(crate) async fn with(options: &str) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("underpin_pg_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        on_server(&format!("CREATE DATABASE {name}")).await;
        let driver = open(&url(&name, options)).await.unwrap();
        driver.acquire(Access::Write).await.unwrap().script(crate::tables::SQL).await.unwrap();
        Self { name, driver }
    }

    pub(crate) async fn connection(&self) -> Box<dyn Connection> {
        self.driver.acquire(Access::Write).await.unwrap()
    }

    /// Runs SQL on a connection of its own.
    pub(crate) async fn script(&self, sql: &str) {
        self.connection().await.script(sql).await.unwrap();
    }

    /// The one text that a query gives, asked on a connection of its own.
    pub(crate) async fn text(&self, sql: &str) -> Option<String> {
        self.connection().await.texts(sql, &[]).await.unwrap().remove(0).remove(0)
    }

    pub(crate) async fn count(&self, table: &TableDef) -> i64 {
        self.text(&format!("SELECT count(*) FROM {}", table.name)).await.unwrap().parse().unwrap()
    }

    pub(crate) fn status(&self) -> PoolStatus {
        self.driver.status()
    }

    /// Statements and round trips of what happens meanwhile.
    pub(crate) async fn counted<T>(&self, work: impl Future<Output = T>) -> (T, u64, u64) {
        let before = self.status();
        let done = work.await;
        let after = self.status();
        (done, after.statements - before.statements, after.round_trips - before.round_trips)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let name = self.name.clone();
        let gone = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(on_server(&format!("DROP DATABASE {name} WITH (FORCE)")));
        });
        assert!(gone.join().is_ok() || std::thread::panicking(), "the scratch database stays");
    }
}

/// Loads rows as one portion.
pub(crate) async fn load(
    connection: &mut dyn Connection,
    table: &'static TableDef,
    columns: ColumnSet,
    rows: &Rows,
) -> Result<u64> {
    connection.load(table, &mut Some((columns, rows))).await
}

/// Fetches by key, or all rows.
pub(crate) async fn fetch(
    connection: &mut dyn Connection,
    table: &'static TableDef,
    keys: Option<&[Cells]>,
) -> Result<Vec<Cells>> {
    let (select, rows);
    let query = match keys {
        Some(keys) => {
            rows = Rows::keys(table, keys);
            Query::Keys { table, keys: &rows, lock: Lock::None }
        }
        None => {
            select = Select::new(table);
            Query::Select(&select)
        }
    };
    Owned::rows(connection.fetch(&query, Owned::receiver(table)).await?)
}

pub(crate) fn insert(rows: &Rows, returning: ColumnSet) -> Write<'_> {
    Write {
        table: rows.table,
        kind: WriteKind::Insert,
        columns: rows.columns,
        returning,
        versioned: false,
        rows,
    }
}

pub(crate) async fn write(
    connection: &mut dyn Connection,
    writes: Vec<Write<'_>>,
    commit: bool,
) -> Result<Vec<Vec<Cells>>> {
    let steps: Vec<Step<'_>> = writes.into_iter().map(Step::Write).collect();
    let written = connection.write(&Batch { steps: &steps, commit }).await?;
    Ok(written.into_iter().map(|rows| rows.into_iter().map(|row| row.0).collect()).collect())
}
