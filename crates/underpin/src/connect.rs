//! Connecting by URL: the one place that knows all dialects.

use std::sync::Arc;

use underpin_core::{Error, Result};
use underpin_mapper::{Database, blocking};
use underpin_schema::Store;
use underpin_sql::driver::{ConnectOptions, Driver};

use crate::dialects::{postgres, sqlite};

/// `Database::connect`: the driver is chosen by the URL's scheme. In the prelude.
pub trait Connect: Sized {
    /// Connects to `postgres://…`, `sqlite:…` or `memory:`, and checks the program's table definitions. One connection
    /// is made at once, so that a wrong URL fails here.
    ///
    /// # Errors
    /// A wrong URL or option, a refused connection, a failed TLS handshake: one error each, without the password.
    fn connect(url: &str) -> impl Future<Output = Result<Self>> + Send {
        async move { Self::connect_with(ConnectOptions::parse(url)?).await }
    }

    /// As [`connect`](Self::connect), with options set by the program.
    ///
    /// # Errors
    /// As there.
    fn connect_with(options: ConnectOptions) -> impl Future<Output = Result<Self>> + Send;
}

impl<S: Store> Connect for Database<S> {
    async fn connect_with(options: ConnectOptions) -> Result<Self> {
        match options.scheme() {
            "memory" => Self::memory(),
            _ => Self::new(connect_driver(options).await?),
        }
    }
}

/// Connects without a program's tables, for tools: migrations, copies. `memory:` is nothing without its tables.
///
/// # Errors
/// As [`Connect::connect`].
pub async fn connect_driver(options: ConnectOptions) -> Result<Arc<dyn Driver>> {
    match options.scheme() {
        "postgres" | "postgresql" => postgres::connect(options).await,
        "sqlite" => sqlite::connect(options).await,
        "memory" => Err(Error::config(
            "the in-memory store is nothing without a program's tables",
            "name a PostgreSQL or SQLite database",
        )),
        other => Err(unknown_scheme(other)),
    }
}

/// `blocking::Database::connect`. In the prelude.
pub trait ConnectBlocking: Sized {
    /// As [`Connect::connect`], waiting for it.
    ///
    /// # Errors
    /// As there.
    fn connect(url: &str) -> Result<Self> {
        Self::connect_with(ConnectOptions::parse(url)?)
    }

    /// As [`Connect::connect_with`], waiting for it.
    ///
    /// # Errors
    /// As there.
    fn connect_with(options: ConnectOptions) -> Result<Self>;
}

impl<S: Store> ConnectBlocking for blocking::Database<S> {
    fn connect_with(options: ConnectOptions) -> Result<Self> {
        match options.scheme() {
            "postgres" | "postgresql" => {
                let executor = blocking::Executor::runtime()?;
                let driver = executor.wait(postgres::connect(options))?;
                Ok(Self::new(Database::new(driver)?, executor))
            }
            "sqlite" => {
                let driver = sqlite::connect_blocking(options)?;
                Ok(Self::new(Database::new(driver)?, blocking::Executor::Inline))
            }
            "memory" => Self::memory(),
            other => Err(unknown_scheme(other)),
        }
    }
}

fn unknown_scheme(scheme: &str) -> Error {
    Error::config(
        format!("the database URL has the unknown scheme `{scheme}`"),
        "write `postgres://user:password@host/name`, `sqlite:path/to/file.db` or `memory:`",
    )
}
