//! `/teams/{team}/members` and `/teams/{team}/members/{user}`: who is in a team, and what they may do.

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use teams_adapter::TeamsStorage;
use teams_domain::{Team, UserId, UserRef, change_role, join_team, leave_team, show_user};
use underpin_axum::{Json, Path, Problem};

use super::fault::{Fault, named, said, user_in};
use crate::moment::now;
use crate::shape::MembershipShape;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewMember {
    /// Who it is: an id or an address.
    user: String,
    role: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewRole {
    role: String,
}

pub(super) async fn join(
    State(storage): State<TeamsStorage>,
    Path(team): Path<String>,
    Json(new): Json<NewMember>,
) -> Result<(StatusCode, Json<MembershipShape>), Fault> {
    let (team, user): (_, UserRef) = (named(&team)?, said("user", &new.user)?);
    let role = said("role", &new.role)?;
    let joined = join_team(&storage, &team, &user, role, now()).await.map_err(user_in("user"))?;
    // Whoever joined is the last of them.
    let last = joined.memberships().last().map(|membership| membership.user);
    Ok((StatusCode::CREATED, Json(membership(&joined, last)?)))
}

pub(super) async fn change(
    State(storage): State<TeamsStorage>,
    Path((team, user)): Path<(String, String)>,
    Json(new): Json<NewRole>,
) -> Result<Json<MembershipShape>, Fault> {
    let (team, user) = (named(&team)?, named(&user)?);
    let changed = change_role(&storage, &team, &user, said("role", &new.role)?).await?;
    let id = match user {
        UserRef::Id(id) => id,
        named => show_user(&storage, &named).await?.id,
    };
    Ok(Json(membership(&changed, Some(id))?))
}

pub(super) async fn leave(
    State(storage): State<TeamsStorage>,
    Path((team, user)): Path<(String, String)>,
) -> Result<StatusCode, Fault> {
    leave_team(&storage, &named(&team)?, &named(&user)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn membership(team: &Team, user: Option<UserId>) -> Result<MembershipShape, Problem> {
    let found = team.memberships().iter().find(|membership| Some(membership.user) == user);
    found.map(MembershipShape::from).ok_or_else(Problem::internal)
}
