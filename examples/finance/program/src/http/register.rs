//! `POST /users`: somebody registers.

use std::time::SystemTime;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::IntoResponse;
use finance_adapter::FinanceStorage;
use underpin_axum::{Json, Problem};

use super::address::Address;
use super::refusal::problem;
use crate::user_shape::UserShape;

pub(super) async fn register(
    State(storage): State<FinanceStorage>,
    Json(address): Json<Address>,
) -> Result<impl IntoResponse, Problem> {
    let email = address.email()?;
    let user = finance_domain::register(&storage, email, SystemTime::now()).await.map_err(problem)?;
    let place = format!("/users/{}", user.id());
    Ok((StatusCode::CREATED, [(LOCATION, place)], Json(UserShape::from(&user))))
}
