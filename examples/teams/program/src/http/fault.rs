//! Why a request was not done: a refusal of the domain, or an error of the database, as a problem.

use std::fmt::Display;
use std::str::FromStr;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use teams_domain::{Failure, InvalidPage, Refusal};
use underpin_axum::Problem;

/// Why a request was not done.
pub(super) struct Fault(Problem);

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        self.0.into_response()
    }
}

impl From<Problem> for Fault {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl From<Failure<underpin::Error>> for Fault {
    /// 404 for what the path names and is not there; 409 for what contradicts what is there.
    fn from(failure: Failure<underpin::Error>) -> Self {
        let refusal = match failure {
            Failure::Refused(refusal) => refusal,
            Failure::Outside(error) => return Self(error.into()),
        };
        let (status, code, field) = match &refusal {
            Refusal::TeamNotFound(_) => (StatusCode::NOT_FOUND, "TeamNotFound", None),
            Refusal::UserNotFound(_) => (StatusCode::NOT_FOUND, "UserNotFound", None),
            Refusal::ItemNotFound(_) => (StatusCode::NOT_FOUND, "ItemNotFound", None),
            Refusal::NoMember(_) => (StatusCode::NOT_FOUND, "NoMember", None),
            Refusal::SlugTaken(_) => (StatusCode::CONFLICT, "SlugTaken", Some("slug")),
            Refusal::EmailTaken(_) => (StatusCode::CONFLICT, "EmailTaken", Some("email")),
            Refusal::AlreadyMember(_) => (StatusCode::CONFLICT, "AlreadyMember", Some("user")),
            Refusal::LastMaintainer { .. } => (StatusCode::CONFLICT, "LastMaintainer", None),
            Refusal::OwnsItems(_) => (StatusCode::CONFLICT, "OwnsItems", None),
        };
        let problem = Problem::new(status).code(code).detail(refusal.to_string());
        Self(match field {
            Some(field) => problem.field(field),
            None => problem,
        })
    }
}

/// As `Fault::from`, where the request itself names a user in this field: 422 if there is none.
pub(super) fn user_in(field: &'static str) -> impl Fn(Failure<underpin::Error>) -> Fault {
    move |failure| match failure {
        Failure::Refused(why @ Refusal::UserNotFound(_)) => {
            Fault(Problem::invalid(field, why.to_string()).code("UserNotFound"))
        }
        failure => failure.into(),
    }
}

/// As `Fault::from`, where the request itself names a team in this field: 422 if there is none.
pub(super) fn team_in(field: &'static str) -> impl Fn(Failure<underpin::Error>) -> Fault {
    move |failure| match failure {
        Failure::Refused(why @ Refusal::TeamNotFound(_)) => {
            Fault(Problem::invalid(field, why.to_string()).code("TeamNotFound"))
        }
        failure => failure.into(),
    }
}

/// What a field of the request says.
///
/// # Errors
/// 422 that names the field.
pub(super) fn said<T: FromStr<Err: Display>>(field: &str, text: &str) -> Result<T, Problem> {
    text.parse().map_err(|why: T::Err| Problem::invalid(field, why.to_string()))
}

/// What the path of a request names.
///
/// # Errors
/// 404: what is no name is the name of nothing.
pub(super) fn named<T: FromStr>(text: &str) -> Result<T, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

/// How many elements there are on a page if nothing is said.
pub(super) const LIMIT: i64 = 20;

/// That a limit is none.
pub(super) fn no_limit(why: InvalidPage) -> Problem {
    Problem::invalid("limit", why.to_string())
}
