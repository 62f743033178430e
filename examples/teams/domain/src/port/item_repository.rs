//! The port to the items.

use std::collections::HashSet;

use crate::{CatalogItem, CatalogItemId, Failure, ItemKind, Page, RepositoryUrl, TeamId};

/// The items, in one unit of work.
pub trait ItemRepository: Send {
    /// What the storage fails with.
    type Error: Send;

    /// An item, held for this unit of work: nobody else changes it before that ends.
    fn get(
        &mut self,
        id: CatalogItemId,
    ) -> impl Future<Output = Result<Option<CatalogItem>, Failure<Self::Error>>> + Send;

    /// An item, to be looked at.
    fn find(
        &mut self,
        id: CatalogItemId,
    ) -> impl Future<Output = Result<Option<CatalogItem>, Failure<Self::Error>>> + Send;

    /// A page of the items of a team, or of all, of one sort, or of every one; in the order in which they came.
    fn list(
        &mut self,
        owner: Option<TeamId>,
        kind: Option<ItemKind>,
        page: Page<CatalogItem>,
    ) -> impl Future<Output = Result<Vec<CatalogItem>, Failure<Self::Error>>> + Send;

    /// Those of the repositories that an item has.
    fn known(
        &mut self,
        repositories: &[RepositoryUrl],
    ) -> impl Future<Output = Result<HashSet<RepositoryUrl>, Failure<Self::Error>>> + Send;

    /// Takes in a new item.
    fn add(&mut self, item: &mut CatalogItem) -> Result<(), Failure<Self::Error>>;

    /// Takes in what has changed in an item.
    ///
    /// # Errors
    /// If it was neither added nor got here.
    fn save(&mut self, item: &mut CatalogItem) -> Result<(), Failure<Self::Error>>;

    /// Forgets an item.
    ///
    /// # Errors
    /// If it was not got here.
    fn remove(&mut self, item: &mut CatalogItem) -> Result<(), Failure<Self::Error>>;
}
