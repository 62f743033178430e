//! The teams of one unit of work.

use teams_domain::{
    CatalogItem, Failure, Page, Refusal, Team, TeamOverview, TeamRef, TeamRepository, User, UserId,
};
use underpin::query::from;
use underpin::{Error, Filter, Result, UnitOfWork};

use crate::Db;
use crate::row::{CatalogItemRow, TeamRow, UserTeamLinkRow};

/// The UNIQUE constraint on `teams.slug`, by the naming convention.
const ONE_TEAM_A_SLUG: &str = "uq_teams_slug";

/// The foreign key from an item to its team, by the naming convention.
const AN_ITEM_HAS_A_TEAM: &str = "fk_catalog_items_team_id_teams";

/// The teams, as a unit of work sees them; it is borrowed meanwhile.
#[derive(Debug)]
pub struct Teams<'u>(&'u mut UnitOfWork<Db>);

/// The one that is named.
fn is(team: &TeamRef) -> Filter<TeamRow> {
    match team {
        TeamRef::Slug(slug) => TeamRow::SLUG.eq(slug.as_str()),
        TeamRef::Id(id) => TeamRow::ID.eq(id.to_string()),
    }
}

impl<'u> Teams<'u> {
    pub(crate) fn new(uow: &'u mut UnitOfWork<Db>) -> Self {
        Self(uow)
    }

    /// Four statements: the team, its memberships, those who have them, and the items.
    async fn whole(&mut self, team: &TeamRef) -> Result<Option<TeamOverview>> {
        let found = self.0.select::<Team>().filter(is(team)).first().await?;
        let Some(team) = found else { return Ok(None) };
        let ids = team.memberships().iter().map(|membership| membership.user.to_string());
        let mut members: Vec<User> = self.0.get_many(ids).await?;
        members.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        let mut items: Vec<CatalogItem> = self
            .0
            .select::<CatalogItem>()
            .filter(CatalogItemRow::TEAM_ID.eq(team.id().to_string()))
            .all()
            .await?;
        // Each database has an order of its own for texts.
        items.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        Ok(Some(TeamOverview { team, members, items }))
    }

    async fn locked(&mut self, user: UserId) -> Result<Vec<Team>> {
        let theirs = from::<UserTeamLinkRow>().filter(UserTeamLinkRow::USER_ID.eq(user.to_string()));
        let teams = self.0.select::<Team>();
        let teams = teams.filter(TeamRow::ID.is_in_query(theirs.select(UserTeamLinkRow::TEAM_ID)));
        // In one order for everybody, so that nobody waits for somebody who waits for them.
        teams.order_by(TeamRow::ID.asc()).for_update().all().await
    }
}

impl TeamRepository for Teams<'_> {
    type Error = Error;

    async fn get(&mut self, team: &TeamRef) -> Result<Option<Team>, Failure<Error>> {
        // Locked, so that of two maintainers who leave at the same time the second is told that nobody else is left.
        self.0.select::<Team>().filter(is(team)).for_update().first().await.map_err(Failure::Outside)
    }

    async fn find(&mut self, team: &TeamRef) -> Result<Option<Team>, Failure<Error>> {
        self.0.select::<Team>().filter(is(team)).first().await.map_err(Failure::Outside)
    }

    async fn of(&mut self, user: UserId) -> Result<Vec<Team>, Failure<Error>> {
        self.locked(user).await.map_err(Failure::Outside)
    }

    async fn overview(&mut self, team: &TeamRef) -> Result<Option<TeamOverview>, Failure<Error>> {
        self.whole(team).await.map_err(Failure::Outside)
    }

    async fn list(&mut self, page: Page<Team>) -> Result<Vec<Team>, Failure<Error>> {
        self.0
            .select::<Team>()
            .filter_some(page.after(), |after| TeamRow::ID.gt(after.to_string()))
            .order_by(TeamRow::ID.asc())
            .limit(page.limit().into())
            .all()
            .await
            .map_err(Failure::Outside)
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
