//! The cars of one unit of work, which somebody else commits.

use catalog_domain::{Car, CatalogFilters, CatalogRepository, MakeStatistics, Page, Paging};
use underpin::{Error, Result, UnitOfWork};

use crate::Db;
use crate::look::{self, Part};

/// The cars, as a unit of work sees them; it is borrowed meanwhile.
#[derive(Debug)]
pub struct Cars<'u>(&'u mut UnitOfWork<Db>);

impl<'u> Cars<'u> {
    /// The cars of a unit of work.
    #[must_use]
    pub fn new(uow: &'u mut UnitOfWork<Db>) -> Self {
        Self(uow)
    }
}

impl CatalogRepository for Cars<'_> {
    type Error = Error;

    async fn search(&mut self, filters: &CatalogFilters, paging: Paging) -> Result<Vec<Car>> {
        look::cars(&mut *self.0, filters, Part::of_paging(paging)).await
    }

    async fn browse(&mut self, filters: &CatalogFilters, page: Page) -> Result<Vec<Car>> {
        look::cars(&mut *self.0, filters, Part::of_page(page)).await
    }

    async fn add(&mut self, cars: Vec<Car>) -> Result<()> {
        for mut car in cars {
            self.0.add(&mut car)?;
        }
        Ok(())
    }

    async fn statistics(&mut self) -> Result<Vec<MakeStatistics>> {
        look::statistics(&mut *self.0).await
    }
}
