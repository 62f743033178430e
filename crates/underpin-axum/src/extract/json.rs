//! A JSON body.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::field;
use super::objects::Objects;
use crate::Problem;

/// A JSON document: the body of a request, or of an answer.
///
/// A body that is not JSON is refused with 400, one of another type with 415, one that is too large with 413, one that
/// does not fit with 422, naming the field. A struct is an object: an array of its fields, which serde would take, is
/// refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE)
                .detail("send JSON, and say so in the header Content-Type"));
        }
        let body = Bytes::from_request(request, state)
            .await
            .map_err(|rejection| Problem::new(rejection.status()).detail("the body could not be read"))?;
        of_bytes(&body).map(Self)
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

fn of_bytes<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    let mut document = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(Objects(&mut document)).map_err(|refused| {
        let place = field(refused.path());
        let error = refused.into_inner();
        if error.is_data() {
            let problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY).detail(error.to_string());
            match place {
                Some(place) => problem.field(place),
                None => problem,
            }
        } else {
            not_json(&error)
        }
    })?;
    document.end().map_err(|error| not_json(&error))?;
    Ok(value)
}

fn not_json(error: &serde_json::Error) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST).detail(format!("the body is not JSON: {error}"))
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    struct Order {
        #[allow(dead_code)] // only its type is looked at
        lines: Vec<u32>,
    }

    fn refused(body: &str) -> Problem {
        of_bytes::<Order>(body.as_bytes()).unwrap_err()
    }

    #[test]
    fn a_value_that_does_not_fit_is_named() {
        assert_eq!(refused(r#"{"lines": [1, "x"]}"#), {
            let detail = r#"invalid type: string "x", expected u32 at line 1 column 17"#;
            Problem::invalid("lines[1]", detail)
        });
        assert_eq!(refused("{}").status(), StatusCode::UNPROCESSABLE_ENTITY);
    }

    #[test]
    fn an_array_is_no_object() {
        let detail = "invalid type: sequence, expected struct Order at line 1 column 1";
        assert_eq!(refused("[[1, 2]]"), Problem::new(StatusCode::UNPROCESSABLE_ENTITY).detail(detail));
        assert_eq!(of_bytes::<Vec<u32>>(b"[1, 2]").unwrap(), [1, 2]);
    }

    #[test]
    fn what_is_no_json_is_a_bad_request() {
        for body in ["", "{", "{} {}", "\u{feff}{}"] {
            let status = of_bytes::<serde_json::Value>(body.as_bytes()).unwrap_err().status();
            assert_eq!(status, StatusCode::BAD_REQUEST, "{body}");
        }
    }
}
