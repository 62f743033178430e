//! `/teams` and `/teams/{team}`: teams, with who is in them and what they own.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use teams_adapter::TeamsStorage;
use teams_domain::{Page, TeamId, delete_team, found_team, list_teams, show_team};
use underpin_axum::{Json, Path, Query, optional_from_text};

use super::fault::{Fault, LIMIT, named, no_limit, said, user_in};
use crate::moment::now;
use crate::shape::{OverviewShape, TeamShape};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    limit: Option<i64>,
    #[serde(default, deserialize_with = "optional_from_text")]
    after: Option<TeamId>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewTeam {
    slug: String,
    name: String,
    /// Who maintains it: an id or an address.
    founder: String,
}

#[derive(Serialize)]
pub(super) struct Teams {
    teams: Vec<TeamShape>,
    /// What `after` of the next page is, if this one is full.
    next: Option<String>,
}

pub(super) async fn list(
    State(storage): State<TeamsStorage>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Teams>, Fault> {
    let page = Page::first(wanted.limit.unwrap_or(LIMIT)).map_err(no_limit)?.behind(wanted.after);
    let teams = list_teams(&storage, page).await?;
    let next = teams.last().filter(|_| teams.len() == usize::from(page.limit()));
    let next = next.map(|team| team.id().to_string());
    Ok(Json(Teams { teams: teams.iter().map(TeamShape::from).collect(), next }))
}

pub(super) async fn found(
    State(storage): State<TeamsStorage>,
    Json(new): Json<NewTeam>,
) -> Result<(StatusCode, Json<TeamShape>), Fault> {
    let (name, slug) = (said("name", &new.name)?, said("slug", &new.slug)?);
    let founder = said("founder", &new.founder)?;
    let team = found_team(&storage, name, slug, &founder, now()).await.map_err(user_in("founder"))?;
    Ok((StatusCode::CREATED, Json(TeamShape::from(&team))))
}

pub(super) async fn show(
    State(storage): State<TeamsStorage>,
    Path(team): Path<String>,
) -> Result<Json<OverviewShape>, Fault> {
    let overview = show_team(&storage, &named(&team)?).await?;
    Ok(Json(OverviewShape::from(&overview)))
}

pub(super) async fn remove(
    State(storage): State<TeamsStorage>,
    Path(team): Path<String>,
) -> Result<StatusCode, Fault> {
    delete_team(&storage, &named(&team)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
