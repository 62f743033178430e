//! `PUT /users/{id}/email`: somebody has another address.

use std::time::SystemTime;

use axum::extract::State;
use finance_adapter::FinanceStorage;
use underpin_axum::{Json, Path, Problem};

use super::address::Address;
use super::refusal::problem;
use super::user::of_path;
use crate::user_shape::UserShape;

pub(super) async fn change_email(
    State(storage): State<FinanceStorage>,
    Path(id): Path<String>,
    Json(address): Json<Address>,
) -> Result<Json<UserShape>, Problem> {
    let (id, email) = (of_path(&id)?, address.email()?);
    let user = finance_domain::change_email(&storage, id, email, SystemTime::now()).await.map_err(problem)?;
    Ok(Json(UserShape::from(&user)))
}
