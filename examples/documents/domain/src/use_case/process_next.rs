//! A worker takes what waits.

use std::time::SystemTime;

use crate::{
    ContentStore, Document, DocumentId, DocumentRepository, Extracted, Extractor, Failure, Refusal,
    Repositories, Storage, UnitOfWork,
};

/// What a worker has done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Processed {
    /// Nothing waits.
    Nothing,
    /// This document was read, or could not be: its status says which.
    Document(Document),
}

/// Takes the oldest document that waits, reads it, and keeps what came of it: [`take_next`], [`read_document`],
/// [`finish_document`].
///
/// # Errors
/// If the storage fails. A file that cannot be read is no error: its document says why.
pub async fn process_next<S, C, X>(
    storage: &S,
    contents: &C,
    extractor: &X,
    now: impl Fn() -> SystemTime + Sync,
) -> Result<Processed, Failure<S::Error>>
where
    S: Storage,
    C: ContentStore<Error = S::Error>,
    X: Extractor,
{
    let Some(document) = take_next(storage).await? else { return Ok(Processed::Nothing) };
    let read = read_document(contents, extractor, &document).await;
    Ok(Processed::Document(finish_document(storage, document.id(), &read, now()).await?))
}

/// Takes the oldest document that waits, in a unit of work of its own, so that no transaction is open while it is read
/// and nobody else takes it meanwhile.
///
/// # Errors
/// If the storage fails; nothing is taken then.
pub async fn take_next<S: Storage>(storage: &S) -> Result<Option<Document>, Failure<S::Error>> {
    let mut uow = storage.begin().await?;
    let Some(mut document) = uow.documents().list_pending(1).await?.pop() else { return Ok(None) };
    document.start()?;
    uow.documents().update_status(&mut document).await?;
    uow.commit().await?;
    Ok(Some(document))
}

/// Reads a document; gives the reason, for whoever sent it, if that cannot be.
///
/// # Errors
/// The reason.
pub async fn read_document<C: ContentStore, X: Extractor>(
    contents: &C,
    extractor: &X,
    document: &Document,
) -> Result<Extracted, String> {
    let state = document.state();
    match contents.read(&state.location).await {
        Ok(content) => extractor.extract(state.kind, content).await,
        Err(_) => Err("the content is not to be had".to_owned()),
    }
}

/// Keeps what came of reading a document that was taken.
///
/// # Errors
/// If nobody was at it, or if the storage fails; the same may be tried again then.
pub async fn finish_document<S: Storage>(
    storage: &S,
    id: DocumentId,
    read: &Result<Extracted, String>,
    now: SystemTime,
) -> Result<Document, Failure<S::Error>> {
    let mut uow = storage.begin().await?;
    let found = uow.documents().get_by_id(id).await?;
    let mut document = found.ok_or(Refusal::DocumentNotFound(id))?;
    match read {
        Ok(extracted) => document.complete(extracted.pages, &extracted.text, now)?,
        Err(why) => document.fail(why, now)?,
    }
    uow.documents().update_status(&mut document).await?;
    uow.commit().await?;
    Ok(document)
}
