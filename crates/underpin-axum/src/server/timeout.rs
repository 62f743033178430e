//! The time that a request may take.

use std::time::Duration;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::Problem;

/// Drops the request when its time has run out, which rolls its unit of work back.
pub(super) async fn within<E>(
    limit: Duration,
    request: impl Future<Output = Result<Response, E>>,
) -> Result<Response, E> {
    if let Ok(response) = tokio::time::timeout(limit, request).await {
        return response;
    }
    tracing::warn!(seconds = limit.as_secs_f64(), "a request took too long");
    let problem = Problem::new(StatusCode::SERVICE_UNAVAILABLE).detail("the request took too long");
    Ok(problem.retry_after(1).into_response())
}
