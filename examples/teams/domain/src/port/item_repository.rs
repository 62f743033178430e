//! The port to the items.

use std::collections::HashSet;

use crate::{CatalogItem, Failure, ItemKind, RepositoryUrl, TeamId};

/// The items, in one unit of work.
pub trait ItemRepository: Send {
    /// What the storage fails with.
    type Error: Send;

    /// The items of a team, or of all, of one sort, or of every one; by name.
    fn list(
        &mut self,
        owner: Option<TeamId>,
        kind: Option<ItemKind>,
    ) -> impl Future<Output = Result<Vec<CatalogItem>, Failure<Self::Error>>> + Send;

    /// Those of the repositories that an item has.
    fn known(
        &mut self,
        repositories: &[RepositoryUrl],
    ) -> impl Future<Output = Result<HashSet<RepositoryUrl>, Failure<Self::Error>>> + Send;

    /// Takes in a new item.
    fn add(&mut self, item: &mut CatalogItem) -> Result<(), Failure<Self::Error>>;
}
