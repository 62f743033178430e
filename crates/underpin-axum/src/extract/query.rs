//! The query of a URL.

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use super::field;
use crate::Problem;

/// The query of a URL. One that does not fit is refused with 422, naming the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        of_text(parts.uri.query().unwrap_or_default()).map(Self)
    }
}

fn of_text<T: DeserializeOwned>(query: &str) -> Result<T, Problem> {
    let pairs = serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
    serde_path_to_error::deserialize(pairs).map_err(|refused| {
        let place = field(refused.path());
        let problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY).detail(refused.inner().to_string());
        match place {
            Some(place) => problem.field(place),
            None => problem,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Filters {
        make: Option<String>,
        year: Option<i32>,
    }

    #[test]
    fn a_query_is_read_with_its_escapes() {
        let filters: Filters = of_text("make=a%26b+c&other=1").unwrap();
        assert_eq!(filters, Filters { make: Some("a&b c".to_owned()), year: None });
    }

    #[test]
    fn a_field_that_does_not_fit_is_named() {
        let problem = of_text::<Filters>("year=soon").unwrap_err();
        assert_eq!(problem, Problem::invalid("year", "invalid digit found in string"));
    }
}
