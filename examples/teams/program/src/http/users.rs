//! `/users` and `/users/{user}`: those who can be in teams.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use teams_adapter::TeamsStorage;
use teams_domain::{Page, UserId, add_user, list_users, remove_user, show_user};
use underpin_axum::{Json, Path, Query, optional_from_text};

use super::fault::{Fault, LIMIT, named, no_limit, said};
use crate::shape::UserShape;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    limit: Option<i64>,
    #[serde(default, deserialize_with = "optional_from_text")]
    after: Option<UserId>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewUser {
    name: String,
    email: String,
}

#[derive(Serialize)]
pub(super) struct Users {
    users: Vec<UserShape>,
    /// What `after` of the next page is, if this one is full.
    next: Option<String>,
}

pub(super) async fn list(
    State(storage): State<TeamsStorage>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Users>, Fault> {
    let page = Page::first(wanted.limit.unwrap_or(LIMIT)).map_err(no_limit)?.behind(wanted.after);
    let users = list_users(&storage, page).await?;
    let next = users.last().filter(|_| users.len() == usize::from(page.limit()));
    let next = next.map(|user| user.id.to_string());
    Ok(Json(Users { users: users.iter().map(UserShape::from).collect(), next }))
}

pub(super) async fn add(
    State(storage): State<TeamsStorage>,
    Json(new): Json<NewUser>,
) -> Result<(StatusCode, Json<UserShape>), Fault> {
    let (name, email) = (said("name", &new.name)?, said("email", &new.email)?);
    let user = add_user(&storage, name, email).await?;
    Ok((StatusCode::CREATED, Json(UserShape::from(&user))))
}

pub(super) async fn show(
    State(storage): State<TeamsStorage>,
    Path(user): Path<String>,
) -> Result<Json<UserShape>, Fault> {
    let user = show_user(&storage, &named(&user)?).await?;
    Ok(Json(UserShape::from(&user)))
}

pub(super) async fn remove(
    State(storage): State<TeamsStorage>,
    Path(user): Path<String>,
) -> Result<StatusCode, Fault> {
    remove_user(&storage, &named(&user)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
