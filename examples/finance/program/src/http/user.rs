//! `GET /users/{id}`: one user.

use axum::extract::State;
use finance_adapter::FinanceStorage;
use finance_domain::{Failure, User, UserId, UserNotFound};
use underpin_axum::{Json, Path, Problem};

use super::refusal::problem;
use crate::user_shape::UserShape;

pub(super) async fn user(
    State(storage): State<FinanceStorage>,
    Path(id): Path<String>,
) -> Result<Json<UserShape>, Problem> {
    let id = of_path(&id)?;
    let user = storage.database().get::<User>(id.to_string()).await?;
    let user = user.ok_or_else(|| problem(Failure::UserNotFound(UserNotFound(id))))?;
    Ok(Json(UserShape::from(&user)))
}

/// The id in a path. What is no id is the id of nobody.
///
/// # Errors
/// 404.
pub(super) fn of_path(id: &str) -> Result<UserId, Problem> {
    id.parse().map_err(|_| Problem::not_found())
}
