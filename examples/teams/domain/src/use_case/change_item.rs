//! Something else is true of an item.

use crate::{
    CatalogItem, CatalogItemId, Failure, ItemChange, ItemRepository, Refusal, Storage, TeamRepository,
    UnitOfWork,
};

/// Changes what is said of an item, or whose it is.
///
/// # Errors
/// If there is no such item or no such team, or if the storage fails.
pub async fn change_item<S: Storage>(
    storage: &S,
    id: CatalogItemId,
    change: ItemChange,
) -> Result<CatalogItem, Failure<S::Error>> {
    let ItemChange { owner, name, kind, description, repository, attributes } = change;
    let mut uow = storage.begin().await?;
    let mut item = uow.items().get(id).await?.ok_or(Refusal::ItemNotFound(id))?;
    if let Some(owner) = owner {
        let team = uow.teams().find(&owner).await?.ok_or(Refusal::TeamNotFound(owner))?;
        item.owner = team.id();
    }
    item.name = name.unwrap_or(item.name);
    item.kind = kind.unwrap_or(item.kind);
    item.description = description.unwrap_or(item.description);
    item.repository = repository.unwrap_or(item.repository);
    item.attributes = attributes.unwrap_or(item.attributes);
    uow.items().save(&mut item)?;
    uow.commit().await?;
    Ok(item)
}
