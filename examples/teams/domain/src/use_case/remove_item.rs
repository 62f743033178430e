//! A team owns something less.

use crate::{CatalogItemId, Failure, ItemRepository, Refusal, Storage, UnitOfWork};

/// Forgets an item.
///
/// # Errors
/// If there is none, or if the storage fails.
pub async fn remove_item<S: Storage>(storage: &S, id: CatalogItemId) -> Result<(), Failure<S::Error>> {
    let mut uow = storage.begin().await?;
    let mut item = uow.items().get(id).await?.ok_or(Refusal::ItemNotFound(id))?;
    uow.items().remove(&mut item)?;
    uow.commit().await
}
