//! What a failure is to a client: a status and a sentence, nothing of the inside.

use axum::http::StatusCode;
use documents_adapter::{ContentError, StorageError};
use documents_domain::{Failure, Refusal};
use underpin_axum::Problem;

pub(super) fn of_failure(failure: Failure<StorageError>) -> Problem {
    match failure {
        Failure::Refused(refusal) => of_refusal(refusal),
        Failure::Outside(StorageError::Database(error)) => error.into(),
        Failure::Outside(StorageError::Contents(error)) => of_contents(&error),
    }
}

/// What the domain refuses. That nothing is at the path of the request is said without it.
pub(super) fn of_refusal(refusal: Refusal) -> Problem {
    let detail = refusal.to_string();
    match refusal {
        Refusal::DocumentNotFound(_) => Problem::invalid("sources", detail),
        Refusal::BorrowerNotFound(_) => Problem::not_found().detail(detail),
        Refusal::IllegalMove(_) => Problem::new(StatusCode::CONFLICT).detail(detail),
        Refusal::UnknownKind | Refusal::Empty => Problem::invalid("file", detail),
    }
}

/// The store of the files: its paths are for the log.
pub(super) fn of_contents(error: &ContentError) -> Problem {
    tracing::error!(error = %error, "a file could not be kept");
    Problem::internal()
}
