//! What a load balancer asks: whether the program lives, and whether it can serve.

use axum::extract::State;
use axum::http::StatusCode;
use underpin::{Database, Store};

use crate::Problem;

const READY: &str = "
SELECT '1'";

/// `GET /health`: the program lives. It asks nobody.
pub async fn health() -> StatusCode {
    StatusCode::NO_CONTENT
}

/// `GET /ready`: the database answers too.
///
/// # Errors
/// 503 if it does not.
pub async fn ready<S: Store>(State(database): State<Database<S>>) -> Result<StatusCode, Problem> {
    let mut checkout = database.checkout().await?;
    if database.dialect().capability.sql {
        checkout.connection().texts(READY.trim_start(), &[]).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
