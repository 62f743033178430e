//! The catalogue of the domain, on any database that Underpin speaks to.

use catalog_domain::{Car, CarId, CatalogFilters, CatalogRepository, MakeStatistics, Page, Paging};
use underpin::prelude::*;
use underpin::{Database, Error, Result};

use crate::look::{self, Part};
use crate::{Cars, Db};

/// Keeps cars in a database: each look is one statement, each addition a unit of work.
#[derive(Debug, Clone)]
pub struct Catalog {
    database: Database<Db>,
}

impl Catalog {
    /// Connects to `postgres://..`, `sqlite:..` or `memory:`.
    ///
    /// # Errors
    /// A wrong URL, or a database that does not answer.
    pub async fn connect(url: &str) -> Result<Self> {
        Ok(Self { database: Database::connect(url).await? })
    }

    /// An empty one in memory, its table included: the same rules, no database. For tests.
    ///
    /// # Errors
    /// If the table contradicts itself.
    pub fn memory() -> Result<Self> {
        Ok(Self { database: Database::memory()? })
    }

    /// The database, for migrations and for units of work of one's own.
    #[must_use]
    pub fn database(&self) -> &Database<Db> {
        &self.database
    }

    /// A car, if it is there.
    ///
    /// # Errors
    /// If the database cannot be asked.
    pub async fn get(&self, id: CarId) -> Result<Option<Car>> {
        self.database.get(id.to_string()).await
    }
}

impl CatalogRepository for Catalog {
    type Error = Error;

    async fn search(&mut self, filters: &CatalogFilters, paging: Paging) -> Result<Vec<Car>> {
        look::cars(&self.database, filters, Part::of_paging(paging)).await
    }

    async fn browse(&mut self, filters: &CatalogFilters, page: Page) -> Result<Vec<Car>> {
        look::cars(&self.database, filters, Part::of_page(page)).await
    }

    async fn add(&mut self, cars: Vec<Car>) -> Result<()> {
        let mut uow = self.database.begin().await?;
        Cars::new(&mut uow).add(cars).await?;
        uow.commit().await
    }

    async fn statistics(&mut self) -> Result<Vec<MakeStatistics>> {
        look::statistics(&self.database).await
    }
}
