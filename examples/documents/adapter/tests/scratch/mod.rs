//! Databases for tests: an SQLite file in a directory of its own, a PostgreSQL database of its own; both are removed.

use std::process;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use documents_adapter::Db;
use tempfile::TempDir;
use underpin::Database;
use underpin::driver::Access;
use underpin::prelude::*;

/// The server, and a role that may create databases.
const SERVER: &str = "UNDERPIN_TEST_POSTGRES";
const LOCAL_SERVER: &str = "postgres://postgres@127.0.0.1:5432/postgres";

/// A database that is gone when this is dropped, whether the test has passed or not.
pub(crate) struct Scratch {
    url: String,
    /// Removed with it.
    _directory: Option<TempDir>,
    /// Dropped with it.
    database: Option<String>,
}

impl Scratch {
    /// No file yet, in a directory of its own.
    pub(crate) fn sqlite() -> Self {
        let directory =
            tempfile::Builder::new().prefix("underpin-documents-").tempdir().expect("a directory");
        let url = format!("sqlite:{}", directory.path().join("documents.db").display());
        Self { url, _directory: Some(directory), database: None }
    }

    /// An empty database.
    pub(crate) fn postgres() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let database = format!("underpin_documents_{}_{number}", process::id());
        administer(format!("CREATE DATABASE {database}"));
        Self { url: beside(&server(), &database), _directory: None, database: Some(database) }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Some(database) = &self.database {
            administer(format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)"));
        }
    }
}

fn server() -> String {
    std::env::var(SERVER).unwrap_or_else(|_| LOCAL_SERVER.to_owned())
}

/// The URL of another database on the same server.
fn beside(url: &str, database: &str) -> String {
    let (base, options) = url.split_once('?').map_or((url, None), |(base, options)| (base, Some(options)));
    let host = base.rsplit_once('/').map_or(base, |(host, _)| host);
    options.map_or(format!("{host}/{database}"), |options| format!("{host}/{database}?{options}"))
}

/// Runs a statement on the maintenance database: on a thread of its own, for the test may have a runtime already.
fn administer(sql: String) {
    let work = async move {
        let database = Database::<Db>::connect(&server()).await.expect("a PostgreSQL server for tests");
        let mut connection = database.driver().acquire(Access::Write).await.expect("a connection");
        connection.script(&sql).await.expect(&sql);
    };
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    thread::spawn(move || runtime().block_on(work)).join().expect("the statement was run");
}
