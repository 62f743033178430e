//! What an error of the database is to a client: a status and a sentence, nothing of the inside.

use axum::http::StatusCode;
use underpin::{Error, ErrorKind, Violation};

use super::Problem;

/// How long a client should wait before it tries again what may succeed then, in seconds.
const AGAIN: u16 = 1;

impl From<Error> for Problem {
    /// 409 for what contradicts what is stored, 422 for a value that cannot be stored or a cursor from elsewhere, 503 for
    /// what may succeed later, 500 for the rest. The error itself goes to the log: it names tables and constraints, never
    /// a value.
    fn from(error: Error) -> Self {
        let problem = of_kind(error.kind());
        if problem.status().is_server_error() {
            tracing::error!(error = %error, status = problem.status().as_u16(), "a request failed");
        } else {
            tracing::debug!(error = %error, status = problem.status().as_u16(), "a request was refused");
        }
        problem
    }
}

fn of_kind(kind: &ErrorKind) -> Problem {
    match kind {
        ErrorKind::Constraint { violation: Violation::Unique | Violation::Exclusion, .. } => {
            Problem::new(StatusCode::CONFLICT).detail("what should be unique is there already")
        }
        ErrorKind::Constraint { violation: Violation::ForeignKey, .. } => Problem::new(StatusCode::CONFLICT)
            .detail("it refers to what is not there, or is still referred to"),
        ErrorKind::Stale(_) => Problem::new(StatusCode::CONFLICT)
            .detail("it was changed by somebody else in the meantime; read it again"),
        ErrorKind::Constraint { .. } | ErrorKind::Value { .. } => {
            Problem::new(StatusCode::UNPROCESSABLE_ENTITY).detail("a value is not one that can be stored")
        }
        ErrorKind::Cursor => Problem::new(StatusCode::UNPROCESSABLE_ENTITY)
            .detail("a cursor is not one that a page of this list has given; begin with the first page"),
        ErrorKind::PoolTimeout { .. } | ErrorKind::Connect | ErrorKind::ConnectionLost => {
            Problem::new(StatusCode::SERVICE_UNAVAILABLE)
                .detail("the database is not to be had at the moment")
                .retry_after(AGAIN)
        }
        ErrorKind::Serialization | ErrorKind::Deadlock | ErrorKind::Busy | ErrorKind::StatementTimeout => {
            Problem::new(StatusCode::SERVICE_UNAVAILABLE)
                .detail("the database was too busy with other requests")
                .retry_after(AGAIN)
        }
        _ => Problem::internal(),
    }
}
