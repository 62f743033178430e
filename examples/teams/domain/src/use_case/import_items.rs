//! A team takes over what the code host knows.

use std::collections::HashSet;
use std::error::Error;
use std::fmt;

use crate::{
    Attributes, CatalogItem, CodeHost, Failure, ItemDraft, ItemKind, ItemRepository, Refusal, Storage,
    TeamRef, TeamRepository, UnitOfWork,
};

/// Why nothing was taken over: the code host failed, or taking in did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportFailure<S, H> {
    /// The domain refused, or the storage failed.
    TakingIn(Failure<S>),
    /// The code host failed.
    Host(H),
}

impl<S, H> From<Failure<S>> for ImportFailure<S, H> {
    fn from(failure: Failure<S>) -> Self {
        Self::TakingIn(failure)
    }
}

impl<S, H> From<Refusal> for ImportFailure<S, H> {
    fn from(refusal: Refusal) -> Self {
        Self::TakingIn(refusal.into())
    }
}

impl<S: fmt::Display, H: fmt::Display> fmt::Display for ImportFailure<S, H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TakingIn(failure) => failure.fmt(f),
            Self::Host(failure) => failure.fmt(f),
        }
    }
}

impl<S: Error, H: Error> Error for ImportFailure<S, H> {}

/// Takes in the repositories of the code host that no item has yet; a team owns them as libraries from now on. Tells
/// which they are.
///
/// # Errors
/// If there is no such team, or if the code host or the storage fails.
pub async fn import_items<S: Storage, H: CodeHost>(
    storage: &S,
    host: &H,
    owner: &TeamRef,
) -> Result<Vec<CatalogItem>, ImportFailure<S::Error, H::Error>> {
    // Asked before the unit of work begins, so that no transaction waits for the network.
    let found = host.repositories().await.map_err(ImportFailure::Host)?;
    let mut uow = storage.begin().await?;
    let team = uow.teams().get(owner).await?.ok_or_else(|| Refusal::TeamNotFound(owner.clone()))?;
    let urls: Vec<_> = found.iter().map(|repository| repository.url.clone()).collect();
    let mut known: HashSet<_> = uow.items().known(&urls).await?;
    let mut items = Vec::new();
    for repository in found {
        // A host that pages while repositories come and go may tell of one twice.
        if !known.insert(repository.url.clone()) {
            continue;
        }
        let draft = ItemDraft {
            name: repository.name,
            kind: ItemKind::Library,
            description: repository.description,
            repository: repository.url,
            attributes: Attributes::new(),
        };
        let mut item = CatalogItem::new(team.id(), draft);
        uow.items().add(&mut item)?;
        items.push(item);
    }
    uow.commit().await?;
    Ok(items)
}
