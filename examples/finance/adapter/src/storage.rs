//! The storage of the domain, on any database that Underpin speaks to.

use finance_domain::{Failure, Storage};
use underpin::prelude::*;
use underpin::{Database, Error, Result};

use crate::{Db, FinanceUnitOfWork};

/// Keeps users and their events in a database.
#[derive(Debug, Clone)]
pub struct FinanceStorage {
    database: Database<Db>,
}

impl FinanceStorage {
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

    /// The database, for reading lists and for migrations.
    #[must_use]
    pub fn database(&self) -> &Database<Db> {
        &self.database
    }
}

impl Storage for FinanceStorage {
    type Error = Error;
    type UnitOfWork = FinanceUnitOfWork;

    async fn begin(&self) -> Result<FinanceUnitOfWork, Failure<Error>> {
        let uow = self.database.begin().await.map_err(Failure::Storage)?;
        Ok(FinanceUnitOfWork::new(uow))
    }
}
