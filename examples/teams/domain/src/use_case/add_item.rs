//! A team owns something more.

use crate::{
    Attributes, CatalogItem, CatalogItemId, Failure, ItemKind, ItemRepository, Name, Refusal, RepositoryUrl,
    Slug, Storage, TeamRepository, UnitOfWork,
};

/// Takes in what a team owns.
///
/// # Errors
/// If there is no such team, or if the storage fails.
pub async fn add_item<S: Storage>(
    storage: &S,
    owner: &Slug,
    name: Name,
    kind: ItemKind,
    description: String,
    repository: RepositoryUrl,
    attributes: Attributes,
) -> Result<CatalogItem, Failure<S::Error>> {
    let mut uow = storage.begin().await?;
    let team = uow.teams().get(owner).await?.ok_or_else(|| Refusal::TeamNotFound(owner.clone()))?;
    let id = CatalogItemId::new();
    let mut item = CatalogItem { id, owner: team.id(), name, kind, description, repository, attributes };
    uow.items().add(&mut item)?;
    uow.commit().await?;
    Ok(item)
}
