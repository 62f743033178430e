//! Somebody turns a page.

use crate::{Car, CatalogFilters, CatalogRepository, Page};

/// The next cars that fit, and the page behind them if there is one.
///
/// # Errors
/// If the repository fails.
pub async fn browse_catalog<R: CatalogRepository>(
    catalog: &mut R,
    filters: &CatalogFilters,
    page: Page,
) -> Result<(Vec<Car>, Option<Page>), R::Error> {
    let cars = catalog.browse(filters, page).await?;
    // A page that is not full is the last. A full one may be too; then the next is empty.
    let is_full = cars.len() == usize::from(page.limit());
    let next = cars.last().filter(|_| is_full).map(|last| page.after_car(last));
    Ok((cars, next))
}
