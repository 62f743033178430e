//! `GET /users`: the users in the order in which they registered, a page at a time.

use axum::extract::State;
use finance_adapter::FinanceStorage;
use finance_adapter::row::UserRow;
use finance_domain::User;
use serde::{Deserialize, Serialize};
use underpin::query::Cursor;
use underpin_axum::{Json, Problem, Query, optional_from_text};

use super::portion;
use crate::user_shape::UserShape;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    limit: Option<i64>,
    #[serde(default, deserialize_with = "optional_from_text")]
    after: Option<Cursor>,
}

#[derive(Debug, Serialize)]
pub(super) struct Found {
    users: Vec<UserShape>,
    /// What the parameter `after` of the next page is, if there is one.
    next: Option<String>,
}

pub(super) async fn users(
    State(storage): State<FinanceStorage>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Found>, Problem> {
    let size = portion::size(wanted.limit)?;
    let users = storage.database().select::<User>().order_by(UserRow::ID.asc());
    let page = users.page(size, wanted.after.as_ref()).await.map_err(portion::problem)?;
    let users = page.items.iter().map(UserShape::from).collect();
    Ok(Json(Found { users, next: page.next.map(|next| next.to_string()) }))
}
