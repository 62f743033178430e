//! Connecting by URL: the one place that knows all dialects.

use std::sync::Arc;

use underpin_core::{BoxFuture, Dialect, Error, Result};
use underpin_mapper::{Database, blocking};
use underpin_schema::Store;
use underpin_sql::driver::{ConnectOptions, Driver};

use crate::dialects::{memory, postgres, sqlite};

/// `Database::connect` and `Database::memory`: the driver is chosen by the URL's scheme. In the prelude.
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

    /// An empty store in memory that follows the same rules, for tests of a domain without a database.
    ///
    /// # Errors
    /// If the program's table definitions contradict each other, or the program was built without the feature `memory`.
    fn memory() -> Result<Self>;

    /// With copies of the database, to which reads outside a unit of work go: see `Database::with_replicas`. Each is
    /// connected to at once.
    ///
    /// # Errors
    /// As [`connect`](Self::connect), for each URL; a copy is a database of the same kind.
    fn replicas<U: AsRef<str> + Send>(
        self,
        urls: impl IntoIterator<Item = U, IntoIter: Send> + Send,
    ) -> impl Future<Output = Result<Self>> + Send;
}

impl<S: Store> Connect for Database<S> {
    async fn connect_with(options: ConnectOptions) -> Result<Self> {
        match options.scheme() {
            "memory" => Self::memory(),
            _ => Self::new(connect_driver(options).await?),
        }
    }

    fn memory() -> Result<Self> {
        Self::of_schema(memory::open)
    }

    async fn replicas<U: AsRef<str> + Send>(
        self,
        urls: impl IntoIterator<Item = U, IntoIter: Send> + Send,
    ) -> Result<Self> {
        let mut drivers = Vec::new();
        for url in urls {
            drivers.push(connect_driver(ConnectOptions::parse(url.as_ref())?).await?);
        }
        check_copies(self.dialect(), &drivers)?;
        Ok(self.with_replicas(drivers))
    }
}

fn check_copies(of: &Dialect, drivers: &[Arc<dyn Driver>]) -> Result<()> {
    if drivers.iter().all(|driver| driver.dialect() == of) { Ok(()) } else { Err(not_a_copy()) }
}

fn not_a_copy() -> Error {
    Error::config(
        "the URL of a replica is not one of the same kind of database",
        "give URLs of copies of the database itself",
    )
}

/// Connects without a program's tables, for tools: migrations, copies. `memory:` is nothing without its tables.
///
/// # Errors
/// As [`Connect::connect`].
pub fn connect_driver(options: ConnectOptions) -> BoxFuture<'static, Result<Arc<dyn Driver>>> {
    // Boxed, so that it is compiled here and not in each program.
    Box::pin(async move {
        match options.scheme() {
            "postgres" | "postgresql" => postgres::connect(options).await,
            "sqlite" => sqlite::connect(options).await,
            "memory" => Err(Error::config(
                "the in-memory store is nothing without a program's tables",
                "name a PostgreSQL or SQLite database",
            )),
            other => Err(unknown_scheme(other)),
        }
    })
}

/// `blocking::Database::connect` and `blocking::Database::memory`. In the prelude.
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

    /// As [`Connect::memory`].
    ///
    /// # Errors
    /// As there.
    fn memory() -> Result<Self>;

    /// As [`Connect::replicas`], waiting for it.
    ///
    /// # Errors
    /// As there.
    fn replicas<U: AsRef<str>>(self, urls: impl IntoIterator<Item = U>) -> Result<Self>;
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

    fn memory() -> Result<Self> {
        Ok(Self::new(<Database<S> as Connect>::memory()?, blocking::Executor::Inline))
    }

    fn replicas<U: AsRef<str>>(self, urls: impl IntoIterator<Item = U>) -> Result<Self> {
        let mut drivers = Vec::new();
        for url in urls {
            let options = ConnectOptions::parse(url.as_ref())?;
            drivers.push(match options.scheme() {
                "postgres" | "postgresql" => self.executor().wait(postgres::connect(options))?,
                "sqlite" => sqlite::connect_blocking(options)?,
                _ => return Err(not_a_copy()),
            });
        }
        check_copies(self.dialect(), &drivers)?;
        Ok(self.with_replicas(drivers))
    }
}

fn unknown_scheme(scheme: &str) -> Error {
    Error::config(
        format!("the database URL has the unknown scheme `{scheme}`"),
        "write `postgres://user:password@host/name`, `sqlite:path/to/file.db` or `memory:`",
    )
}
