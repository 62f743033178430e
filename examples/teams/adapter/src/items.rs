//! The items of one unit of work.

use std::collections::HashSet;

use teams_domain::{
    CatalogItem, CatalogItemId, Failure, ItemKind, ItemRepository, Page, RepositoryUrl, TeamId,
};
use underpin::{Error, UnitOfWork};

use crate::Db;
use crate::mapping::label_of;
use crate::row::CatalogItemRow;

/// The items, as a unit of work sees them; it is borrowed meanwhile.
#[derive(Debug)]
pub struct Items<'u>(&'u mut UnitOfWork<Db>);

impl<'u> Items<'u> {
    pub(crate) fn new(uow: &'u mut UnitOfWork<Db>) -> Self {
        Self(uow)
    }
}

impl ItemRepository for Items<'_> {
    type Error = Error;

    async fn get(&mut self, id: CatalogItemId) -> Result<Option<CatalogItem>, Failure<Error>> {
        self.0.get_for_update(id.to_string()).await.map_err(Failure::Outside)
    }

    async fn find(&mut self, id: CatalogItemId) -> Result<Option<CatalogItem>, Failure<Error>> {
        self.0.get(id.to_string()).await.map_err(Failure::Outside)
    }

    async fn list(
        &mut self,
        owner: Option<TeamId>,
        kind: Option<ItemKind>,
        page: Page<CatalogItem>,
    ) -> Result<Vec<CatalogItem>, Failure<Error>> {
        self.0
            .select::<CatalogItem>()
            .filter_some(owner, |owner| CatalogItemRow::TEAM_ID.eq(owner.to_string()))
            .filter_some(kind, |kind| CatalogItemRow::KIND.eq(label_of(kind)))
            .filter_some(page.after(), |after| CatalogItemRow::ID.gt(after.to_string()))
            .order_by(CatalogItemRow::ID.asc())
            .limit(page.limit().into())
            .all()
            .await
            .map_err(Failure::Outside)
    }

    async fn known(
        &mut self,
        repositories: &[RepositoryUrl],
    ) -> Result<HashSet<RepositoryUrl>, Failure<Error>> {
        let wanted = CatalogItemRow::REPOSITORY_URL.is_in(repositories.iter().map(RepositoryUrl::as_str));
        let items = self.0.select::<CatalogItem>().filter(wanted).all().await.map_err(Failure::Outside)?;
        Ok(items.into_iter().map(|item| item.repository).collect())
    }

    fn add(&mut self, item: &mut CatalogItem) -> Result<(), Failure<Error>> {
        self.0.add(item).map(|_| ()).map_err(Failure::Outside)
    }

    fn save(&mut self, item: &mut CatalogItem) -> Result<(), Failure<Error>> {
        self.0.save(item).map_err(Failure::Outside)
    }

    fn remove(&mut self, item: &mut CatalogItem) -> Result<(), Failure<Error>> {
        self.0.remove(item).map_err(Failure::Outside)
    }
}
