//! A worker takes what waits.

use std::time::SystemTime;

use crate::{
    ContentStore, Document, DocumentRepository, Extractor, Failure, Refusal, Repositories, Storage,
    UnitOfWork,
};

/// What a worker has done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Processed {
    /// Nothing waits.
    Nothing,
    /// This document was read, or could not be: its status says which.
    Document(Document),
}

/// Takes the oldest document that waits, reads it, and keeps what came of it. It is taken in a unit of work of its own,
/// so that no transaction is open while the file is read and no other worker takes it meanwhile.
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
    let mut uow = storage.begin().await?;
    let Some(mut document) = uow.documents().list_pending(1).await?.pop() else {
        return Ok(Processed::Nothing);
    };
    document.start()?;
    uow.documents().update_status(&mut document).await?;
    uow.commit().await?;

    let state = document.state();
    let read = match contents.read(&state.location).await {
        Ok(content) => extractor.extract(state.kind, content).await,
        Err(_) => Err("the content is not to be had".to_owned()),
    };

    let mut uow = storage.begin().await?;
    let id = document.id();
    let mut document = uow.documents().get_by_id(id).await?.ok_or(Refusal::DocumentNotFound(id))?;
    match read {
        Ok(extracted) => document.complete(extracted.pages, &extracted.text, now())?,
        Err(why) => document.fail(&why, now())?,
    }
    uow.documents().update_status(&mut document).await?;
    uow.commit().await?;
    Ok(Processed::Document(document))
}
