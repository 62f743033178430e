//! The teams of one unit of work.

use teams_domain::{CatalogItem, Failure, Refusal, Slug, Team, TeamOverview, TeamRepository, User};
use underpin::{Error, Result, UnitOfWork};

use crate::Db;
use crate::row::{CatalogItemRow, TeamRow};

/// The UNIQUE constraint on `teams.slug`, by the naming convention.
const ONE_TEAM_A_SLUG: &str = "uq_teams_slug";

/// The foreign key from an item to its team, by the naming convention.
const AN_ITEM_HAS_A_TEAM: &str = "fk_catalog_items_team_id_teams";

/// The teams, as a unit of work sees them; it is borrowed meanwhile.
#[derive(Debug)]
pub struct Teams<'u>(&'u mut UnitOfWork<Db>);

impl<'u> Teams<'u> {
    pub(crate) fn new(uow: &'u mut UnitOfWork<Db>) -> Self {
        Self(uow)
    }

    /// Four statements: the team, its memberships, those who have them, and the items.
    async fn whole(&mut self, slug: &Slug) -> Result<Option<TeamOverview>> {
        let found = self.0.select::<Team>().filter(TeamRow::SLUG.eq(slug.as_str())).first().await?;
        let Some(team) = found else { return Ok(None) };
        let ids = team.memberships().iter().map(|membership| membership.user.to_string());
        let mut members: Vec<User> = self.0.get_many(ids).await?;
        members.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        let items = self
            .0
            .select::<CatalogItem>()
            .filter(CatalogItemRow::TEAM_ID.eq(team.id().to_string()))
            .order_by((CatalogItemRow::NAME.asc(), CatalogItemRow::ID.asc()))
            .all()
            .await?;
        Ok(Some(TeamOverview { team, members, items }))
    }
}

impl TeamRepository for Teams<'_> {
    type Error = Error;

    async fn get(&mut self, slug: &Slug) -> Result<Option<Team>, Failure<Error>> {
        // Locked, so that of two maintainers who leave at the same time the second is told that nobody else is left.
        let team = self.0.select::<Team>().filter(TeamRow::SLUG.eq(slug.as_str())).for_update();
        team.first().await.map_err(Failure::Outside)
    }

    async fn overview(&mut self, slug: &Slug) -> Result<Option<TeamOverview>, Failure<Error>> {
        self.whole(slug).await.map_err(Failure::Outside)
    }

    async fn list(&mut self) -> Result<Vec<Team>, Failure<Error>> {
        let teams = self.0.select::<Team>().order_by((TeamRow::NAME.asc(), TeamRow::ID.asc()));
        teams.all().await.map_err(Failure::Outside)
    }

    async fn add(&mut self, team: &mut Team) -> Result<(), Failure<Error>> {
        self.0.add(team).map_err(Failure::Outside)?;
        self.0.flush().await.map_err(|error| {
            if error.is_unique_violation() && error.constraint() == Some(ONE_TEAM_A_SLUG) {
                return Refusal::SlugTaken(team.slug().clone()).into();
            }
            Failure::Outside(error)
        })
    }

    fn save(&mut self, team: &mut Team) -> Result<(), Failure<Error>> {
        self.0.save(team).map_err(Failure::Outside)
    }

    async fn remove(&mut self, team: &mut Team) -> Result<(), Failure<Error>> {
        self.0.remove(team).map_err(Failure::Outside)?;
        self.0.flush().await.map_err(|error| {
            // SQLite does not say which foreign key it was; a team has no other that points at it and stays.
            let is_ours = error.constraint().is_none_or(|name| name == AN_ITEM_HAS_A_TEAM);
            if error.is_foreign_key_violation() && is_ours {
                return Refusal::OwnsItems(team.slug().clone()).into();
            }
            Failure::Outside(error)
        })
    }
}
