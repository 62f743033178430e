//! `documents show`: a document with what was read from it, as JSON.

use documents_adapter::DocumentsStorage;
use documents_domain::{DocumentId, DocumentRepository, Failure, Refusal, Repositories, Storage};

use crate::error::{End, Error};
use crate::output;
use crate::shape::ReadDocumentShape;

pub(crate) async fn run(storage: &DocumentsStorage, id: DocumentId) -> Result<End, Error> {
    let mut uow = storage.begin().await?;
    let document = uow.documents().get_by_id(id).await?;
    let document = document.ok_or(Failure::Refused(Refusal::DocumentNotFound(id)))?;
    output::json(&ReadDocumentShape::from(&document))?;
    Ok(End::Done)
}
