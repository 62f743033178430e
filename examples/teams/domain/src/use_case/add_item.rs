//! A team owns something more.

use crate::{
    CatalogItem, Failure, ItemDraft, ItemRepository, Refusal, Storage, TeamRef, TeamRepository, UnitOfWork,
};

/// Takes in what a team owns.
///
/// # Errors
/// If there is no such team, or if the storage fails.
pub async fn add_item<S: Storage>(
    storage: &S,
    owner: &TeamRef,
    draft: ItemDraft,
) -> Result<CatalogItem, Failure<S::Error>> {
    let mut uow = storage.begin().await?;
    let team = uow.teams().get(owner).await?.ok_or_else(|| Refusal::TeamNotFound(owner.clone()))?;
    let mut item = CatalogItem::new(team.id(), draft);
    uow.items().add(&mut item)?;
    uow.commit().await?;
    Ok(item)
}
