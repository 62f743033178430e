//! `POST /documents/{id}/retry`: lets a document that could not be read wait again.

use documents_adapter::{Db, Documents};
use documents_domain::{DocumentId, Failure, Refusal, retry_document};
use underpin_axum::{Json, Path, Problem, RequestUnitOfWork};

use super::problem;
use crate::shape::DocumentShape;

pub(super) async fn retry(
    Path(id): Path<String>,
    mut uow: RequestUnitOfWork<Db>,
) -> Result<Json<DocumentShape>, Problem> {
    let id: DocumentId = id.parse().map_err(|_| Problem::not_found())?;
    match retry_document(&mut Documents::new(&mut uow), id).await {
        Ok(document) => Ok(Json(DocumentShape::from(&document))),
        Err(Failure::Refused(Refusal::DocumentNotFound(_))) => Err(Problem::not_found()),
        Err(failure) => Err(problem::of_failure(failure)),
    }
}
