//! Somebody looks at an item.

use crate::{CatalogItem, CatalogItemId, Failure, ItemRepository, Refusal, Storage, UnitOfWork};

/// An item.
///
/// # Errors
/// If there is none, or if the storage fails.
pub async fn show_item<S: Storage>(storage: &S, id: CatalogItemId) -> Result<CatalogItem, Failure<S::Error>> {
    let found = storage.look().await?.items().find(id).await?;
    Ok(found.ok_or(Refusal::ItemNotFound(id))?)
}
