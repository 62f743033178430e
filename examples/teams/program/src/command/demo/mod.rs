//! `teams demo`: everything, step by step. Each step is checked: a demo that does not hold says so and fails.

mod cast;
mod place;
mod story;

use std::fmt::Display;

use teams_adapter::{KnownRepositories, TeamsStorage, history};
use teams_domain::{
    Failure, Refusal, Role, Slug, TeamRef, User, add_item, change_role, delete_team, found_team,
    import_items, join_team, leave_team, show_team,
};
use underpin::migrate::{Destination, Runner};

use self::cast::{Cast, broken};
use self::place::Place;
use self::story::Story;
use super::tables;
use crate::error::{End, Error};
use crate::moment::now;
use crate::settings::Settings;

/// The demo, and what it has made so far.
struct Demo {
    storage: TeamsStorage,
    story: Story,
    cast: Cast,
    slug: Slug,
    team: TeamRef,
}

pub(crate) async fn run(settings: &Settings) -> Result<End, Error> {
    let place = Place::choose(settings.database_url()?)?;
    let storage = TeamsStorage::connect(settings.connection(&place.url)?).await?;
    let (mut story, cast) = (Story::begin(), Cast::new());
    let whose = if place.is_new { "a new file" } else { "your database; nothing in it is lost" };
    story.title(
        "A catalogue of what teams own, an example of Underpin",
        &format!("{} ({whose})", place.name),
    )?;
    let slug = cast.slug()?;
    let mut demo = Demo { storage, story, cast, team: slug.clone().into(), slug };

    demo.build_tables().await?;
    let (ana, ben) = demo.a_team_begins().await?;
    demo.people_come(&ben).await?;
    demo.the_last_maintainer_stays(&ana, &ben).await?;
    demo.two_leave_at_once(&ana, &ben).await?;
    demo.the_team_owns_something().await?;
    demo.the_code_host_knows_more().await?;
    demo.all_at_a_look().await?;
    demo.what_is_owned_is_not_orphaned().await?;

    demo.story.end("Every step was a unit of work: kept as a whole, or not at all.")?;
    if place.is_new {
        demo.story.look_around(&place.name, &demo.slug)?;
    }
    demo.storage.database().close().await;
    Ok(End::Done)
}

impl Demo {
    async fn build_tables(&mut self) -> Result<(), Error> {
        self.story.step("Build the tables, by the revisions that are compiled into this program")?;
        let (history, head) = (history()?, Destination::head());
        let plan = Runner::new(&history).upgrade(&mut tables::target(&self.storage).await?, &head).await?;
        for step in plan.steps() {
            self.story.done(format!("{}  {}", step.revision(), step.message()))?;
        }
        if plan.is_empty() {
            self.story.done("they are there already")?;
        }
        Ok(())
    }

    async fn a_team_begins(&mut self) -> Result<(User, User), Error> {
        self.story.step("Ana and Ben come, and Ana founds a team, which she maintains")?;
        let ana = self.cast.user(&self.storage, "Ana").await?;
        let ben = self.cast.user(&self.storage, "Ben").await?;
        let name = "Web shop".parse().map_err(broken)?;
        let team = found_team(&self.storage, name, self.slug.clone(), &ana.id.into(), now()).await?;
        self.story.done(format!("{} <{}>", ana.name, ana.email))?;
        self.story.done(format!("{} <{}>", ben.name, ben.email))?;
        self.story.done(format!("{} ({})", team.name(), team.slug()))?;
        let name = "Another".parse().map_err(broken)?;
        let again = found_team(&self.storage, name, self.slug.clone(), &ben.id.into(), now()).await;
        self.refused("Ben founds a team of that slug", again, |why| matches!(why, Refusal::SlugTaken(_)))?;
        Ok((ana, ben))
    }

    async fn people_come(&mut self, ben: &User) -> Result<(), Error> {
        self.story.step("Ben joins as a member")?;
        let team = join_team(&self.storage, &self.team, &ben.id.into(), Role::Member, now()).await?;
        self.story.done(format!("{} are in it", team.memberships().len()))?;
        let again = join_team(&self.storage, &self.team, &ben.id.into(), Role::Member, now()).await;
        self.refused("he joins once more", again, |why| matches!(why, Refusal::AlreadyMember(_)))
    }

    async fn the_last_maintainer_stays(&mut self, ana: &User, ben: &User) -> Result<(), Error> {
        self.story.step("Ana wants to leave; then Ben becomes a maintainer too")?;
        let left = leave_team(&self.storage, &self.team, &ana.id.into()).await;
        self.refused("Ana leaves", left, |why| matches!(why, Refusal::LastMaintainer { .. }))?;
        change_role(&self.storage, &self.team, &ben.id.into(), Role::Maintainer).await?;
        self.story.done("Ben maintains it too")?;
        Ok(())
    }

    async fn two_leave_at_once(&mut self, ana: &User, ben: &User) -> Result<(), Error> {
        self.story.step("Both leave in the same moment, each on a connection of their own")?;
        let (ana, ben) = (ana.id.into(), ben.id.into());
        let (a, b) = tokio::join!(
            leave_team(&self.storage, &self.team, &ana),
            leave_team(&self.storage, &self.team, &ben)
        );
        let (left, stays) = match (a, b) {
            (Ok(team), stays) | (stays, Ok(team)) => (team, stays),
            (Err(failure), Err(_)) => return Err(failure.into()),
        };
        self.story.done(format!("one has left, {} is in it", left.memberships().len()))?;
        self.refused("the other leaves too", stays, |why| matches!(why, Refusal::LastMaintainer { .. }))
    }

    async fn the_team_owns_something(&mut self) -> Result<(), Error> {
        self.story.step("The team owns a service, with attributes of free form")?;
        let item = add_item(&self.storage, &self.team, self.cast.till()?).await?;
        self.story.done(format!("{} {}: {}", item.kind, item.name, item.description))?;
        self.story.done(serde_json::json!(crate::shape::ItemShape::from(&item))["attributes"].to_string())?;
        Ok(())
    }

    async fn the_code_host_knows_more(&mut self) -> Result<(), Error> {
        self.story.step("The code host has three repositories, one of them known already")?;
        let host = KnownRepositories::new(self.cast.repositories()?);
        for item in import_items(&self.storage, &host, &self.team).await? {
            self.story.done(format!("{} {}", item.kind, item.name))?;
        }
        let again = import_items(&self.storage, &host, &self.team).await?;
        if !again.is_empty() {
            return Err(broken("that nothing is taken in twice"));
        }
        self.story.remark("once more, and nothing is taken in; `teams import-items` asks a real one")?;
        Ok(())
    }

    async fn all_at_a_look(&mut self) -> Result<(), Error> {
        self.story.step("All of it at a look")?;
        let before = self.storage.database().status().statements;
        let overview = show_team(&self.storage, &self.team).await?;
        let statements = self.storage.database().status().statements - before;
        let (members, items) = (overview.members.len(), overview.items.len());
        self.story.done(format!("members: {members}, items: {items}, statements: {statements}"))?;
        self.story.remark("four statements, however many members and items there are")?;
        if statements == 4 { Ok(()) } else { Err(broken("that four statements are enough")) }
    }

    async fn what_is_owned_is_not_orphaned(&mut self) -> Result<(), Error> {
        self.story.step("Somebody deletes the team, which owns items")?;
        let deleted = delete_team(&self.storage, &self.team).await;
        self.refused("it goes", deleted, |why| matches!(why, Refusal::OwnsItems(_)))
    }

    /// Tells of what was refused, as it should be.
    fn refused<T>(
        &mut self,
        what: &str,
        result: Result<T, Failure<underpin::Error>>,
        is_meant: impl Fn(&Refusal) -> bool,
    ) -> Result<(), Error> {
        match result {
            Err(Failure::Refused(why)) if is_meant(&why) => {
                self.story.refused(format!("{what}: {}", short(&why)))?;
                Ok(())
            }
            Err(failure) => Err(failure.into()),
            Ok(_) => Err(broken(format!("that this is refused: {what}"))),
        }
    }
}

/// Why, without what to do about it.
fn short(why: &impl Display) -> String {
    why.to_string().split(';').next().unwrap_or_default().to_owned()
}
