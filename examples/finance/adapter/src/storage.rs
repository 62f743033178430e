//! The storage of the domain, on any database that Underpin speaks to.

use finance_domain::{Failure, Storage};
use underpin::prelude::*;
use underpin::secrets::{Cipher, KeyRing};
use underpin::{Database, Error, Result};

use crate::{Db, FinanceUnitOfWork, secrets};

/// Keeps users, their events and their secrets in a database.
#[derive(Debug, Clone)]
pub struct FinanceStorage {
    database: Database<Db>,
    cipher: Option<Cipher>,
}

impl FinanceStorage {
    /// Connects to `postgres://..`, `sqlite:..` or `memory:`.
    ///
    /// # Errors
    /// A wrong URL, or a database that does not answer.
    pub async fn connect(url: &str) -> Result<Self> {
        Ok(Self { database: Database::connect(url).await?, cipher: None })
    }

    /// An empty one in memory, tables included: the same rules, no database. For tests.
    ///
    /// # Errors
    /// If the tables contradict each other.
    pub fn memory() -> Result<Self> {
        Ok(Self { database: Database::memory()?, cipher: None })
    }

    /// The same, with the keys that secrets are encrypted with. Without them, everything works but secrets.
    ///
    /// # Errors
    /// If the keys cannot be used.
    pub fn with_keys(self, ring: &KeyRing) -> Result<Self> {
        Ok(Self { cipher: Some(ring.cipher(secrets::CONTEXT)?), ..self })
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
        Ok(FinanceUnitOfWork::new(uow, self.cipher.clone()))
    }
}
