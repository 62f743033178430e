//! `teams team`: teams, with who is in them and what they own.

use serde_json::json;
use teams_adapter::TeamsStorage;
use teams_domain::{Page, Team, TeamOverview, delete_team, found_team, list_teams, show_team};

use super::{next, wrong_limit};
use crate::cli::{Format, TeamCommand};
use crate::error::{End, Error};
use crate::moment::{now, readable};
use crate::output::{Column, Listing, line, note, shown};
use crate::shape::{OverviewShape, TeamShape};

const COLUMNS: [Column; 4] =
    [Column::new("SLUG", 20), Column::right("MEMBERS", 7), Column::new("NAME", 28), Column::last("ID")];

pub(crate) async fn run(storage: TeamsStorage, command: TeamCommand) -> Result<End, Error> {
    match command {
        TeamCommand::Add { slug, name, founder } => {
            let team = found_team(&storage, name, slug, &founder, now()).await?;
            line(&team.id().to_string())?;
        }
        TeamCommand::List { page, listing } => {
            let first = Page::first(page.limit).map_err(wrong_limit)?;
            let teams = list_teams(&storage, first.behind(page.after)).await?;
            let mut list = Listing::begin(listing.format, &COLUMNS)?;
            teams.iter().try_for_each(|team| list.push(|| cells(team), || json!(TeamShape::from(team))))?;
            list.end()?;
            if let Some(id) = next(&teams, first.limit(), Team::id) {
                note(&format!("the next page: --after {id}"));
            }
        }
        TeamCommand::Show { team, listing } => tell(&show_team(&storage, &team).await?, listing.format)?,
        TeamCommand::Remove { team } => {
            delete_team(&storage, &team).await?;
            line(&format!("removed {team}"))?;
        }
    }
    Ok(End::Done)
}

fn cells(team: &Team) -> [String; 4] {
    let (slug, name) = (team.slug().to_string(), shown(team.name().as_str()));
    [slug, team.memberships().len().to_string(), name, team.id().to_string()]
}

fn tell(overview: &TeamOverview, format: Format) -> Result<(), Error> {
    if let Format::Json = format {
        return line(&json!(OverviewShape::from(overview)).to_string());
    }
    let TeamOverview { team, members, items } = overview;
    line(&format!("{} ({}, {})", shown(team.name().as_str()), team.slug(), team.id()))?;
    for user in members {
        let membership = team.memberships().iter().find(|membership| membership.user == user.id);
        let Some(membership) = membership else { continue };
        let (name, since) = (shown(user.name.as_str()), readable(membership.since));
        line(&format!("  {:<10}  {since}  {name} <{}>", membership.role, shown(user.email.as_str())))?;
    }
    for item in items {
        line(&format!("  {:<10}  {}  {}", item.kind, shown(item.name.as_str()), item.id))?;
    }
    Ok(())
}
