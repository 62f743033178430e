//! Cars come onto the market.

use crate::{Car, CatalogRepository};

/// Takes in cars, all of them or none; tells how many.
///
/// # Errors
/// If the repository fails.
pub async fn import_cars<R: CatalogRepository>(catalog: &mut R, cars: Vec<Car>) -> Result<usize, R::Error> {
    let count = cars.len();
    catalog.add(cars).await?;
    Ok(count)
}
