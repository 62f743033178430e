//! The storage of the domain, on any database that Underpin speaks to.

use teams_domain::{Failure, Storage};
use underpin::prelude::*;
use underpin::{ConnectOptions, Database, Error, Isolation, Result, TransactionOptions};

use crate::{Db, TeamsUnitOfWork};

/// Keeps users, teams and items in a database.
#[derive(Debug, Clone)]
pub struct TeamsStorage {
    database: Database<Db>,
}

impl TeamsStorage {
    /// Connects to `postgres://..`, `sqlite:..` or `memory:`, with options of the pool that the URL or the caller has
    /// set.
    ///
    /// # Errors
    /// A database that does not answer, or an option that it does not know.
    pub async fn connect(options: ConnectOptions) -> Result<Self> {
        Ok(Self { database: Database::connect_with(options).await? })
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

    async fn with(&self, options: TransactionOptions) -> Result<TeamsUnitOfWork, Failure<Error>> {
        let uow = self.database.begin_with(options).await.map_err(Failure::Outside)?;
        Ok(TeamsUnitOfWork::new(uow))
    }
}

impl Storage for TeamsStorage {
    type Error = Error;
    type UnitOfWork = TeamsUnitOfWork;

    async fn look(&self) -> Result<TeamsUnitOfWork, Failure<Error>> {
        // What takes several statements must not see a change between them.
        self.with(TransactionOptions::new().isolation(Isolation::RepeatableRead).read_only()).await
    }

    async fn begin(&self) -> Result<TeamsUnitOfWork, Failure<Error>> {
        self.with(TransactionOptions::new()).await
    }
}
