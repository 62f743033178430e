//! The storage of the domain, on any database that Underpin speaks to.

use teams_domain::{Failure, Storage};
use underpin::prelude::*;
use underpin::{Database, Error, Result};

use crate::{Db, TeamsUnitOfWork};

/// Keeps users, teams and items in a database.
#[derive(Debug, Clone)]
pub struct TeamsStorage {
    database: Database<Db>,
}

impl TeamsStorage {
    /// Connects to `postgres://..`, `sqlite:..` or `memory:`.
    ///
    /// # Errors
    /// A wrong URL, or a database that does not answer.
    pub async fn connect(url: &str) -> Result<Self> {
        Ok(Self { database: Database::connect(url).await? })
    }

    /// An empty one in memory, tables included: the same rules, no database. For tests.
    ///
    /// # Errors
    /// If the tables contradict each other.
    pub fn memory() -> Result<Self> {
        Ok(Self { database: Database::memory()? })
    }

    /// The database, for migrations.
    #[must_use]
    pub fn database(&self) -> &Database<Db> {
        &self.database
    }
}

impl Storage for TeamsStorage {
    type Error = Error;
    type UnitOfWork = TeamsUnitOfWork;

    async fn begin(&self) -> Result<TeamsUnitOfWork, Failure<Error>> {
        let uow = self.database.begin().await.map_err(Failure::Outside)?;
        Ok(TeamsUnitOfWork::new(uow))
    }
}
