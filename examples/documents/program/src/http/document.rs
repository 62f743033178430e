//! `GET /documents/{id}`: a document with what was read from it.

use documents_adapter::{Db, Documents};
use documents_domain::{DocumentId, DocumentRepository};
use underpin_axum::{Json, Path, Problem, RequestUnitOfWork};

use super::problem;
use crate::shape::ReadDocumentShape;

pub(super) async fn document(
    Path(id): Path<String>,
    mut uow: RequestUnitOfWork<Db>,
) -> Result<Json<ReadDocumentShape>, Problem> {
    // What is no id is the id of no document.
    let id: DocumentId = id.parse().map_err(|_| Problem::not_found())?;
    let document = Documents::new(&mut uow).get_by_id(id).await.map_err(problem::of_failure)?;
    Ok(Json(ReadDocumentShape::from(&document.ok_or_else(Problem::not_found)?)))
}
