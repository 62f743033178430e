//! A file comes in.

use std::time::SystemTime;

use crate::{
    ContentHash, ContentStore, Document, DocumentKind, DocumentRepository, Failure, FileName, Intake,
    Refusal, UnitOfWork,
};

/// What became of a file that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ingested {
    /// It is a new document.
    New(Document),
    /// It has the same content as this document.
    Known(Document),
}

/// Takes in a file in the caller's unit of work, which the caller commits. The content is kept first: one that no
/// document refers to does no harm, a document without its content would.
///
/// # Errors
/// If the file is empty or no sort of document, or if something outside fails.
pub async fn ingest_document<U: UnitOfWork, C: ContentStore<Error = U::Error>>(
    uow: &mut U,
    contents: &C,
    file_name: FileName,
    hash: ContentHash,
    content: &[u8],
    now: SystemTime,
) -> Result<Ingested, Failure<U::Error>> {
    if content.is_empty() {
        return Err(Refusal::Empty.into());
    }
    let kind = DocumentKind::of_content(content).ok_or(Refusal::UnknownKind)?;
    if let Some(known) = uow.documents().get_by_hash(hash).await? {
        return Ok(Ingested::Known(known));
    }
    let location = contents.keep(hash, content).await.map_err(Failure::Outside)?;
    let size = u64::try_from(content.len()).unwrap_or(u64::MAX);
    let document = Document::receive(file_name, hash, kind, size, location, now);
    Ok(match uow.documents().create(document).await? {
        Intake::New(document) => Ingested::New(document),
        Intake::Known(document) => Ingested::Known(document),
    })
}
