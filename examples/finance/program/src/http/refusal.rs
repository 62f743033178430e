//! What a use case refuses, as a problem: with the domain's own word for programs, and its own words for people.

use axum::http::StatusCode;
use finance_domain::Failure;
use underpin_axum::Problem;

/// The problem of a failure.
pub(super) fn problem(failure: Failure<underpin::Error>) -> Problem {
    let words = failure.to_string();
    match failure {
        Failure::EmailTaken(_) => {
            Problem::new(StatusCode::CONFLICT).code("EmailTaken").field("email").detail(words)
        }
        Failure::AlreadyVerified(_) => {
            Problem::new(StatusCode::CONFLICT).code("AlreadyVerified").detail(words)
        }
        Failure::UserNotFound(_) => Problem::not_found().code("UserNotFound").detail(words),
        Failure::SecretNotFound(_) => Problem::not_found().code("SecretNotFound").detail(words),
        Failure::Storage(error) => error.into(),
    }
}
