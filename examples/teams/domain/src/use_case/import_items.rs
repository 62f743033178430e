//! A team takes over what the code host knows.

use crate::{
    Attributes, CatalogItem, CatalogItemId, CodeHost, Failure, ItemKind, ItemRepository, Refusal, Slug,
    Storage, TeamRepository, UnitOfWork,
};

/// Takes in the repositories of the code host that no item has yet; a team owns them as libraries from now on. Tells
/// which they are.
///
/// # Errors
/// If there is no such team, or if the code host or the storage fails.
pub async fn import_items<S: Storage, H: CodeHost<Error = S::Error>>(
    storage: &S,
    host: &H,
    owner: &Slug,
) -> Result<Vec<CatalogItem>, Failure<S::Error>> {
    // Asked before the unit of work begins, so that no transaction waits for the network.
    let found = host.repositories().await.map_err(Failure::Outside)?;
    let mut uow = storage.begin().await?;
    let team = uow.teams().get(owner).await?.ok_or_else(|| Refusal::TeamNotFound(owner.clone()))?;
    let urls: Vec<_> = found.iter().map(|repository| repository.url.clone()).collect();
    let known = uow.items().known(&urls).await?;
    let mut items = Vec::new();
    for repository in found.into_iter().filter(|repository| !known.contains(&repository.url)) {
        let mut item = CatalogItem {
            id: CatalogItemId::new(),
            owner: team.id(),
            name: repository.name,
            kind: ItemKind::Library,
            description: repository.description,
            repository: repository.url,
            attributes: Attributes::new(),
        };
        uow.items().add(&mut item)?;
        items.push(item);
    }
    uow.commit().await?;
    Ok(items)
}
