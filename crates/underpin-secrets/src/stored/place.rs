//! What looks into a database for stored columns: a driver, or somebody else's connection.

use std::sync::Arc;

use underpin_core::{BoxFuture, Dialect};
use underpin_sql::driver::{Access, Driver};

use crate::SecretsError;

/// Rows whose columns are all text.
pub type Texts = Vec<Vec<Option<String>>>;

/// The answer of a [`Place`].
pub type PlaceFuture<'a> = BoxFuture<'a, Result<Texts, SecretsError>>;

/// A database by the two things that are asked of it. Each statement that writes is a transaction of its own.
pub trait Place: Send {
    /// Which database it is.
    fn dialect(&self) -> &'static Dialect;

    /// Runs a statement that reads, with text parameters (`$1` or `?1`).
    fn read<'a>(&'a mut self, sql: &'a str, params: &'a [String]) -> PlaceFuture<'a>;

    /// Runs a statement that writes, in a transaction of its own.
    fn write<'a>(&'a mut self, sql: &'a str, params: &'a [String]) -> PlaceFuture<'a>;
}

/// The pool of a driver. A connection is held for the length of a statement, so that whoever else writes through the same
/// pool gets a turn.
#[derive(Debug, Clone)]
pub struct DriverPlace(Arc<dyn Driver>);

impl DriverPlace {
    /// The pool of a driver.
    #[must_use]
    pub fn new(driver: Arc<dyn Driver>) -> Self {
        Self(driver)
    }

    async fn run(&self, access: Access, sql: &str, params: &[String]) -> Result<Texts, SecretsError> {
        let params: Vec<Option<&str>> = params.iter().map(|param| Some(param.as_str())).collect();
        let done = async {
            let mut connection = self.0.acquire(access).await?;
            connection.texts(sql, &params).await
        };
        done.await.map_err(SecretsError::database)
    }
}

impl Place for DriverPlace {
    fn dialect(&self) -> &'static Dialect {
        self.0.dialect()
    }

    fn read<'a>(&'a mut self, sql: &'a str, params: &'a [String]) -> PlaceFuture<'a> {
        Box::pin(self.run(Access::Read, sql, params))
    }

    // Outside of a transaction the statement is one.
    fn write<'a>(&'a mut self, sql: &'a str, params: &'a [String]) -> PlaceFuture<'a> {
        Box::pin(self.run(Access::Write, sql, params))
    }
}
