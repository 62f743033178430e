//! The team catalogue over HTTP: the routes, a file for each thing that they are about.

mod fault;
mod items;
mod members;
mod openapi;
mod teams;
mod users;

use axum::Router;
use axum::http::HeaderValue;
use axum::http::header::X_CONTENT_TYPE_OPTIONS;
use axum::middleware::map_response;
use axum::response::Response;
use axum::routing::{MethodRouter, get, patch, post};
use teams_adapter::{Db, TeamsStorage};
use underpin_axum::{health, ready};

/// The routes, which the OpenAPI document describes. Each that does something calls one use case, which is one unit of
/// work: when a client goes away in the middle, it is dropped, and nothing of it is kept.
fn interface(storage: &TeamsStorage) -> [(&'static str, MethodRouter<TeamsStorage>); 11] {
    [
        ("/users", get(users::list).post(users::add)),
        ("/users/{user}", get(users::show).delete(users::remove)),
        ("/teams", get(teams::list).post(teams::found)),
        ("/teams/{team}", get(teams::show).delete(teams::remove)),
        ("/teams/{team}/members", post(members::join)),
        ("/teams/{team}/members/{user}", patch(members::change).delete(members::leave)),
        ("/items", get(items::list).post(items::add)),
        ("/items/{id}", get(items::show).patch(items::change).delete(items::remove)),
        ("/openapi.json", get(openapi::document)),
        ("/health", get(health)),
        ("/ready", get(ready::<Db>).with_state(storage.database().clone())),
    ]
}

/// All that is served.
pub(crate) fn router(storage: &TeamsStorage) -> Router {
    let mut router = Router::new();
    for (path, route) in interface(storage) {
        router = router.route(path, route);
    }
    router.layer(map_response(as_it_is_said)).with_state(storage.clone())
}

/// Nothing is taken for another type than it says.
async fn as_it_is_said(mut response: Response) -> Response {
    response.headers_mut().insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
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
        let storage = TeamsStorage::memory().expect("the tables agree");
        let routes = interface(&storage);
        assert_eq!(documented, routes.iter().map(|(path, _)| *path).collect());
    }
}
