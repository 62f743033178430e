//! Finance over HTTP: the routes, each with a file of its own.

mod address;
mod change_email;
mod events;
mod openapi;
mod portion;
mod refusal;
mod register;
mod token;
mod user;
mod users;
mod verify_email;

use axum::Router;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, X_CONTENT_TYPE_OPTIONS};
use axum::middleware::{from_fn_with_state, map_response};
use axum::response::Response;
use axum::routing::{MethodRouter, get, post, put};
use finance_adapter::{Db, FinanceStorage};
use underpin_axum::{health, ready};

pub(crate) use token::Token;

/// The routes of the interface, which the OpenAPI document describes, for those who bear the token.
fn guarded() -> [(&'static str, MethodRouter<FinanceStorage>); 6] {
    [
        ("/users", get(users::users).post(register::register)),
        ("/users/{id}", get(user::user)),
        ("/users/{id}/email", put(change_email::change_email)),
        ("/users/{id}/verify-email", post(verify_email::verify_email)),
        ("/events", get(events::events)),
        ("/openapi.json", get(openapi::document)),
    ]
}

/// Those for everybody, which tell nothing of anybody.
fn open(storage: &FinanceStorage) -> [(&'static str, MethodRouter<FinanceStorage>); 2] {
    let ready = get(ready::<Db>).with_state(storage.database().clone());
    [("/health", get(health)), ("/ready", ready)]
}

/// All that is served. Without the token even what is not there is refused, so that nobody can feel their way about.
pub(crate) fn router(storage: &FinanceStorage, token: Token) -> Router {
    let guarded =
        guarded().into_iter().fold(Router::new(), |router, (path, route)| router.route(path, route));
    let guarded = guarded.layer(from_fn_with_state(token, token::guard));
    let open =
        open(storage).into_iter().fold(Router::new(), |router, (path, route)| router.route(path, route));
    open.merge(guarded).layer(map_response(private)).with_state(storage.clone())
}

/// Nothing is kept on the way, and nothing is taken for another type than it says.
async fn private(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_document_has_every_route_and_no_other() {
        let document: serde_json::Value =
            serde_json::from_str(include_str!("openapi.json")).expect("the document is JSON");
        let documented: BTreeSet<&str> =
            document["paths"].as_object().expect("paths").keys().map(String::as_str).collect();
        let storage = FinanceStorage::memory().expect("the tables agree with each other");
        let routes: Vec<_> = guarded().into_iter().chain(open(&storage)).collect();
        assert_eq!(documented, routes.iter().map(|(path, _)| *path).collect());
    }
}
