//! A driver under test, and scratch databases of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio_postgres::NoTls;
use underpin::prelude::*;
use underpin::{ConnectOptions, Database, Store};
use underpin_sqlite::SqliteDriver;

use crate::pooler::Pooler;

/// A driver under test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// PostgreSQL, at `UNDERPIN_TEST_POSTGRES`.
    Postgres,
    /// PostgreSQL without named statements, as behind a PgBouncer in transaction mode.
    PostgresUnnamed,
    /// PostgreSQL behind a PgBouncer in transaction mode.
    PostgresPooled,
    /// SQLite, in a file, with its threads.
    Sqlite,
    /// SQLite, in a file, driven by the calling thread: what the blocking interface uses.
    SqliteInline,
    /// The in-memory store.
    Memory,
}

/// A database of its own, gone when this is dropped (call [`Scratch::drop_database`] for PostgreSQL).
pub struct Scratch {
    /// Where it is.
    pub url: String,
    target: Target,
    name: String,
    pooler: Option<Pooler>,
    _directory: Option<tempfile::TempDir>,
}

/// The URL of the server's maintenance database.
fn maintenance_url() -> String {
    std::env::var("UNDERPIN_TEST_POSTGRES")
        .unwrap_or_else(|_| "postgres://postgres@127.0.0.1:5432/postgres".to_owned())
}

async fn maintain(statement: &str) {
    let (client, connection) = tokio_postgres::connect(&maintenance_url(), NoTls)
        .await
        .expect("PostgreSQL answers at UNDERPIN_TEST_POSTGRES (./test sees to that)");
    let driving = tokio::spawn(connection);
    client.batch_execute(statement).await.expect("the maintenance statement is accepted");
    drop(client);
    let _ = driving.await;
}

/// The same server, another database.
fn url_of(name: &str) -> String {
    let url = maintenance_url();
    let (base, options) = match url.split_once('?') {
        Some((base, options)) => (base, format!("?{options}")),
        None => (url.as_str(), String::new()),
    };
    let authority = base.find("://").map_or(0, |at| at + 3);
    let end = base[authority..].find('/').map_or(base.len(), |at| authority + at);
    format!("{}/{name}{options}", &base[..end])
}

impl Target {
    /// Makes an empty database.
    pub async fn scratch(self) -> Scratch {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let name = format!("underpin_suite_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        match self {
            Self::Postgres | Self::PostgresUnnamed => {
                maintain(&format!("CREATE DATABASE {name}")).await;
                let mut url = url_of(&name);
                if self == Self::PostgresUnnamed {
                    url.push(if url.contains('?') { '&' } else { '?' });
                    url.push_str("prepared_statements=false");
                }
                Scratch { url, target: self, name, pooler: None, _directory: None }
            }
            Self::PostgresPooled => {
                maintain(&format!("CREATE DATABASE {name}")).await;
                let server = maintenance_url().parse().expect("UNDERPIN_TEST_POSTGRES is a URL");
                let pooler = Pooler::before(&server);
                Scratch { url: pooler.url(&name), target: self, name, pooler: Some(pooler), _directory: None }
            }
            Self::Sqlite | Self::SqliteInline => {
                let directory = tempfile::tempdir().expect("a temporary directory");
                let url = format!("sqlite:{}", directory.path().join("scratch.db").display());
                Scratch { url, target: self, name, pooler: None, _directory: Some(directory) }
            }
            Self::Memory => {
                Scratch { url: "memory:".to_owned(), target: self, name, pooler: None, _directory: None }
            }
        }
    }
}

impl Scratch {
    /// Which driver it belongs to.
    #[must_use]
    pub fn target(&self) -> Target {
        self.target
    }

    /// Connects, and creates the tables of `S`.
    pub async fn database<S: Store>(&self) -> Database<S> {
        let database = self.connect::<S>().await;
        database.create_schema().await.expect("the schema is created");
        database
    }

    /// Connects to the tables that are there.
    pub async fn connect<S: Store>(&self) -> Database<S> {
        if self.target == Target::SqliteInline {
            let options = ConnectOptions::parse(&self.url).expect("the URL is right");
            let driver = SqliteDriver::blocking(options).expect("the scratch database answers");
            return Database::new(Arc::new(driver)).expect("the schema is right");
        }
        Database::<S>::connect(&self.url).await.expect("the scratch database answers")
    }

    /// With options added to the URL, `pool_size=1&max_overflow=0`.
    pub async fn connect_with<S: Store>(&self, options: &str) -> Database<S> {
        let between = if self.url.contains('?') { '&' } else { '?' };
        let url = if self.target == Target::Memory {
            self.url.clone()
        } else {
            format!("{}{between}{options}", self.url)
        };
        Database::<S>::connect(&url).await.expect("the scratch database answers")
    }

    /// Drops the database at once.
    pub async fn drop_database(self) {
        drop(self.pooler);
        if matches!(self.target, Target::Postgres | Target::PostgresUnnamed | Target::PostgresPooled) {
            maintain(&format!("DROP DATABASE {} WITH (FORCE)", self.name)).await;
        }
    }
}
