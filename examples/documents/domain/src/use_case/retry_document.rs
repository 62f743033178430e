//! A document that could not be read shall be tried again.

use crate::{Document, DocumentId, DocumentRepository, Failure, Refusal, Storage, UnitOfWork};

/// Lets a document wait again.
///
/// # Errors
/// If there is no such document, if it has not failed, or if the storage fails.
pub async fn retry_document<S: Storage>(storage: &S, id: DocumentId) -> Result<Document, Failure<S::Error>> {
    let mut uow = storage.begin().await?;
    let mut document = uow.documents().get_by_id(id).await?.ok_or(Refusal::DocumentNotFound(id))?;
    document.retry()?;
    uow.documents().update_status(&mut document).await?;
    uow.commit().await?;
    Ok(document)
}
