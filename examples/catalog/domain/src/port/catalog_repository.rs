//! The port to whatever keeps the cars.

use crate::{Car, CatalogFilters, MakeStatistics, Page, Paging};

/// The cars on sale. Every order is total: by price, and among equal prices by id.
pub trait CatalogRepository: Send {
    /// What it fails with.
    type Error: Send;

    /// The cars that fit, in their order, and of them the part that is asked for.
    fn search(
        &mut self,
        filters: &CatalogFilters,
        paging: Paging,
    ) -> impl Future<Output = Result<Vec<Car>, Self::Error>> + Send;

    /// The cars that fit and follow a place in the order.
    fn browse(
        &mut self,
        filters: &CatalogFilters,
        page: Page,
    ) -> impl Future<Output = Result<Vec<Car>, Self::Error>> + Send;

    /// Takes in cars, all of them or none.
    fn add(&mut self, cars: Vec<Car>) -> impl Future<Output = Result<(), Self::Error>> + Send;

    /// What the cars of each make cost, in the order of the makes.
    fn statistics(&mut self) -> impl Future<Output = Result<Vec<MakeStatistics>, Self::Error>> + Send;
}
