//! The items of one unit of work.

use std::collections::HashSet;

use teams_domain::{CatalogItem, Failure, ItemKind, ItemRepository, RepositoryUrl, TeamId};
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

    async fn list(
        &mut self,
        owner: Option<TeamId>,
        kind: Option<ItemKind>,
    ) -> Result<Vec<CatalogItem>, Failure<Error>> {
        self.0
            .select::<CatalogItem>()
            .filter_some(owner, |owner| CatalogItemRow::TEAM_ID.eq(owner.to_string()))
            .filter_some(kind, |kind| CatalogItemRow::KIND.eq(label_of(kind)))
            .order_by((CatalogItemRow::NAME.asc(), CatalogItemRow::ID.asc()))
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
}
