//! The storage of the domain, on any database that Underpin speaks to.

use documents_domain::{Failure, Storage};
use underpin::prelude::*;
use underpin::{Database, Result};

use crate::{Db, DocumentsUnitOfWork, StorageError};

/// Keeps documents and borrowers in a database.
#[derive(Debug, Clone)]
pub struct DocumentsStorage {
    database: Database<Db>,
}

impl DocumentsStorage {
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

    /// The database, for migrations and for units of work of one's own.
    #[must_use]
    pub fn database(&self) -> &Database<Db> {
        &self.database
    }
}

impl Storage for DocumentsStorage {
    type Error = StorageError;
    type UnitOfWork = DocumentsUnitOfWork;

    async fn begin(&self) -> Result<DocumentsUnitOfWork, Failure<StorageError>> {
        let uow = self.database.begin().await.map_err(|error| Failure::Outside(error.into()))?;
        Ok(DocumentsUnitOfWork::new(uow))
    }
}
