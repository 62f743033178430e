//! `POST /users/{id}/verify-email`: somebody has shown that an address is theirs.

use std::time::SystemTime;

use axum::extract::State;
use finance_adapter::FinanceStorage;
use underpin_axum::{Json, Path, Problem};

use super::refusal::problem;
use super::user::of_path;
use crate::user_shape::UserShape;

pub(super) async fn verify_email(
    State(storage): State<FinanceStorage>,
    Path(id): Path<String>,
) -> Result<Json<UserShape>, Problem> {
    let id = of_path(&id)?;
    let user = finance_domain::verify_email(&storage, id, SystemTime::now()).await.map_err(problem)?;
    Ok(Json(UserShape::from(&user)))
}
