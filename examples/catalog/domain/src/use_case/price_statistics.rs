//! Somebody wants to know what cars cost.

use crate::{CatalogRepository, MakeStatistics};

/// What the cars of each make cost, in the order of the makes.
///
/// # Errors
/// If the repository fails.
pub async fn price_statistics<R: CatalogRepository>(
    catalog: &mut R,
) -> Result<Vec<MakeStatistics>, R::Error> {
    catalog.statistics().await
}
