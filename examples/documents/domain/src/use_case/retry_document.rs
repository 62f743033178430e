//! A document that could not be read shall be tried again.

use std::time::SystemTime;

use crate::{Document, DocumentId, DocumentRepository, Failure, Refusal};

/// Lets a document that failed wait again, in the caller's unit of work.
///
/// # Errors
/// If there is no such document, if it has not failed, or if the storage fails.
pub async fn retry_document<D: DocumentRepository>(
    documents: &mut D,
    id: DocumentId,
) -> Result<Document, Failure<D::Error>> {
    let mut document = found(documents, id).await?;
    document.retry()?;
    documents.update_status(&mut document).await?;
    Ok(document)
}

/// Lets a document wait again at which somebody was who has gone away, in the caller's unit of work. Whoever calls this
/// must know that nobody is at it any more.
///
/// # Errors
/// If there is no such document, if nobody was at it, or if the storage fails.
pub async fn retry_abandoned<D: DocumentRepository>(
    documents: &mut D,
    id: DocumentId,
    now: SystemTime,
) -> Result<Document, Failure<D::Error>> {
    let mut document = found(documents, id).await?;
    document.fail("whoever read it went away", now)?;
    documents.update_status(&mut document).await?;
    document.retry()?;
    documents.update_status(&mut document).await?;
    Ok(document)
}

async fn found<D: DocumentRepository>(
    documents: &mut D,
    id: DocumentId,
) -> Result<Document, Failure<D::Error>> {
    Ok(documents.get_by_id(id).await?.ok_or(Refusal::DocumentNotFound(id))?)
}
