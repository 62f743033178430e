//! `GET /documents`: documents, the newest first.

use documents_adapter::{Db, Documents};
use documents_domain::{DocumentRepository, Listing, Status};
use serde::{Deserialize, Serialize};
use underpin_axum::{Json, Problem, Query, RequestUnitOfWork, optional_from_text};

use super::{page, problem};
use crate::shape::DocumentShape;

/// The query. A parameter that is not known is refused: a misspelt filter must not list everything.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DocumentQuery {
    #[serde(default, deserialize_with = "optional_from_text")]
    status: Option<Status>,
    limit: Option<i64>,
    offset: Option<i64>,
}

#[derive(Debug, Serialize)]
pub(super) struct Listed {
    documents: Vec<DocumentShape>,
}

pub(super) async fn documents(
    Query(query): Query<DocumentQuery>,
    mut uow: RequestUnitOfWork<Db>,
) -> Result<Json<Listed>, Problem> {
    let paging = page::paging(query.offset, query.limit)?;
    let listing = Listing { status: query.status, paging };
    let documents = Documents::new(&mut uow).list_documents(listing).await.map_err(problem::of_failure)?;
    Ok(Json(Listed { documents: documents.iter().map(DocumentShape::from).collect() }))
}
