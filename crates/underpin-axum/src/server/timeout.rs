//! The time that a request may take.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::Problem;

/// Drops the request when its time has run out, which rolls its unit of work back.
pub(super) async fn timeout(State(limit): State<Duration>, request: Request, next: Next) -> Response {
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            tracing::warn!(seconds = limit.as_secs_f64(), "a request took too long");
            Problem::new(StatusCode::SERVICE_UNAVAILABLE)
                .detail("the request took too long")
                .retry_after(1)
                .into_response()
        }
    }
}
