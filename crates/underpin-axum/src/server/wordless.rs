//! Answers of the router itself: that nothing is there, or nothing by that method.

use axum::http::StatusCode;
use axum::http::header::{ALLOW, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use crate::Problem;

/// A problem in place of axum's empty answer. What has words already, a fallback of the program's own among it, stays.
pub(super) fn worded(mut response: Response) -> Response {
    let status = response.status();
    let is_refused = matches!(status, StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED);
    if !is_refused || response.headers().contains_key(CONTENT_TYPE) {
        return response;
    }
    let allowed = response.headers_mut().remove(ALLOW);
    let mut problem = Problem::new(status).into_response();
    problem.headers_mut().extend(allowed.map(|allowed| (ALLOW, allowed)));
    problem
}
