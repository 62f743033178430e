//! Somebody looks for a car.

use crate::{Car, CatalogFilters, CatalogRepository, Paging};

/// The cars that fit, in the order of their prices, and of them the part that is asked for.
///
/// # Errors
/// If the repository fails.
pub async fn search_catalog<R: CatalogRepository>(
    catalog: &mut R,
    filters: &CatalogFilters,
    paging: Paging,
) -> Result<Vec<Car>, R::Error> {
    catalog.search(filters, paging).await
}
