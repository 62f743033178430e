//! The documents over HTTP: the routes, each with a file of its own.

mod borrower;
mod borrowers;
mod document;
mod documents;
mod incoming;
mod openapi;
mod page;
mod problem;
mod record;
mod retry;
mod upload;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::HeaderValue;
use axum::http::header::X_CONTENT_TYPE_OPTIONS;
use axum::middleware::{from_fn_with_state, map_response};
use axum::response::Response;
use axum::routing::{MethodRouter, get, post};
use documents_adapter::{Db, DocumentsStorage, FileStore};
use underpin_axum::{health, ready, unit_of_work};

use crate::bounds::MOST_BYTES;

/// What an upload has around its file: boundaries, headers of its parts.
const AROUND: usize = 64 << 10;

/// The routes of the interface, which the OpenAPI document describes. Each request that looks at rows has a unit of
/// work of its own.
fn interface(storage: &DocumentsStorage) -> [(&'static str, MethodRouter<FileStore>); 8] {
    let database = storage.database();
    let unit = || from_fn_with_state(database.clone(), unit_of_work::<Db>);
    let most = usize::try_from(MOST_BYTES).unwrap_or(usize::MAX).saturating_add(AROUND);
    let upload = post(upload::upload).layer(DefaultBodyLimit::max(most));
    [
        ("/documents", get(documents::documents).merge(upload).layer(unit())),
        ("/documents/{id}", get(document::document).layer(unit())),
        ("/documents/{id}/retry", post(retry::retry).layer(unit())),
        ("/borrowers", get(borrowers::borrowers).post(record::record).layer(unit())),
        ("/borrowers/{id}", get(borrower::borrower).layer(unit())),
        ("/openapi.json", get(openapi::document)),
        ("/health", get(health)),
        ("/ready", get(ready::<Db>).with_state(database.clone())),
    ]
}

/// All that is served.
pub(crate) fn router(storage: DocumentsStorage, contents: FileStore) -> Router {
    let mut router = Router::new();
    for (path, route) in interface(&storage) {
        router = router.route(path, route);
    }
    router.layer(map_response(as_it_is_said)).with_state(contents)
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
        let storage = DocumentsStorage::memory().expect("the tables agree");
        let routes = interface(&storage);
        assert_eq!(documented, routes.iter().map(|(path, _)| *path).collect());
    }
}
