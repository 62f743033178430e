//! Somebody looks at what there is.

use crate::{
    CatalogItem, Failure, ItemKind, ItemRepository, Page, Refusal, Storage, TeamRef, TeamRepository,
    UnitOfWork,
};

/// A page of the items of a team, or of all, of one sort, or of every one; in the order in which they came.
///
/// # Errors
/// If there is no such team, or if the storage fails.
pub async fn list_items<S: Storage>(
    storage: &S,
    owner: Option<&TeamRef>,
    kind: Option<ItemKind>,
    page: Page<CatalogItem>,
) -> Result<Vec<CatalogItem>, Failure<S::Error>> {
    let mut uow = storage.look().await?;
    let owner = match owner {
        None => None,
        Some(team) => {
            let found = uow.teams().find(team).await?.ok_or_else(|| Refusal::TeamNotFound(team.clone()))?;
            Some(found.id())
        }
    };
    uow.items().list(owner, kind, page).await
}
