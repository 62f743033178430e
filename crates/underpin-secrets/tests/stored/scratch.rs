//! Databases for tests: an SQLite file in a directory of its own, a PostgreSQL database of its own; both are removed.

use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tempfile::TempDir;
use underpin_secrets::DriverPlace;
use underpin_sql::driver::{Access, ConnectOptions, Driver};

const SERVER: &str = "UNDERPIN_TEST_POSTGRES";
const LOCAL_SERVER: &str = "postgres://postgres@127.0.0.1:5432/postgres";

/// A database that is gone when this is dropped.
pub(crate) struct Scratch {
    pub(crate) url: String,
    pub(crate) driver: Arc<dyn Driver>,
    _directory: Option<TempDir>,
    database: Option<String>,
}

impl Scratch {
    pub(crate) async fn sqlite() -> Self {
        let directory = tempfile::Builder::new().prefix("underpin-stored-").tempdir().unwrap();
        let url = format!("sqlite:{}", directory.path().join("test.db").display());
        Self { driver: connect(&url).await, url, _directory: Some(directory), database: None }
    }

    pub(crate) async fn postgres() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let database = format!("underpin_stored_{}_{number}", process::id());
        let server = server();
        script(&connect(&server).await, &format!("CREATE DATABASE {database}")).await;
        let (base, options) = server.split_once('?').unwrap_or((&server, ""));
        let url = format!("{}/{database}?{options}", base.rsplit_once('/').unwrap().0);
        Self { driver: connect(&url).await, url, _directory: None, database: Some(database) }
    }

    pub(crate) async fn each() -> [Self; 2] {
        [Self::sqlite().await, Self::postgres().await]
    }

    pub(crate) fn is_postgres(&self) -> bool {
        self.database.is_some()
    }

    pub(crate) fn place(&self) -> DriverPlace {
        DriverPlace::new(Arc::clone(&self.driver))
    }

    /// Runs statements, in which BYTES stands for the type of bytes.
    pub(crate) async fn script(&self, sql: &str) {
        let bytes = if self.is_postgres() { "bytea" } else { "BLOB" };
        script(&self.driver, &sql.replace("BYTES", bytes)).await;
    }

    /// The rows of a query.
    pub(crate) async fn rows(&self, sql: &str) -> Vec<Vec<String>> {
        let mut connection = self.driver.acquire(Access::Write).await.unwrap();
        let rows = connection.texts(sql, &[]).await.unwrap();
        rows.into_iter().map(|row| row.into_iter().map(Option::unwrap_or_default).collect()).collect()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Some(database) = self.database.take() {
            std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                runtime.block_on(async {
                    let sql = format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)");
                    script(&connect(&server()).await, &sql).await;
                });
            })
            .join()
            .unwrap();
        }
    }
}

fn server() -> String {
    std::env::var(SERVER).unwrap_or_else(|_| LOCAL_SERVER.to_owned())
}

pub(crate) async fn connect(url: &str) -> Arc<dyn Driver> {
    let options = ConnectOptions::parse(url).unwrap();
    match url.starts_with("sqlite:") {
        true => Arc::new(underpin_sqlite::SqliteDriver::connect(options).await.unwrap()),
        false => Arc::new(underpin_postgres::PostgresDriver::connect(options).await.unwrap()),
    }
}

async fn script(driver: &Arc<dyn Driver>, sql: &str) {
    driver.acquire(Access::Write).await.unwrap().script(sql).await.expect(sql);
}
