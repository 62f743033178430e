//! The catalogue over HTTP: the routes, each with a file of its own.

mod add;
mod car;
mod openapi;
mod page;
mod query;
mod search;
mod stats;

use axum::Router;
use axum::http::HeaderValue;
use axum::http::header::X_CONTENT_TYPE_OPTIONS;
use axum::middleware::{from_fn_with_state, map_response};
use axum::response::Response;
use axum::routing::{MethodRouter, get, post};
use catalog_adapter::{Catalog, Db};
use underpin_axum::{health, ready, unit_of_work};

/// The routes of the interface, which the OpenAPI document describes.
fn interface(catalog: &Catalog) -> [(&'static str, MethodRouter<Catalog>); 6] {
    let database = catalog.database();
    let add = post(add::add).layer(from_fn_with_state(database.clone(), unit_of_work::<Db>));
    [
        ("/cars", get(search::search).merge(add)),
        ("/cars/{id}", get(car::car)),
        ("/stats", get(stats::stats)),
        ("/openapi.json", get(openapi::document)),
        ("/health", get(health)),
        ("/ready", get(ready::<Db>).with_state(database.clone())),
    ]
}

/// All that is served.
pub(crate) fn router(catalog: &Catalog) -> Router {
    let mut router = Router::new().merge(page::routes());
    for (path, route) in interface(catalog) {
        router = router.route(path, route);
    }
    router.layer(map_response(as_it_is_said)).with_state(catalog.clone())
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
        let catalog = Catalog::memory().expect("the table agrees with itself");
        let routes = interface(&catalog);
        assert_eq!(documented, routes.iter().map(|(path, _)| *path).collect());
    }
}
