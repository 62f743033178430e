//! Files come in.

use std::time::SystemTime;

use crate::{
    ArrivedContent, ContentStore, Document, DocumentKind, DocumentRepository, Failure, FileName, Intake,
    Refusal,
};

/// A file that has come in and can become a document.
#[derive(Debug)]
pub struct Arrival<A> {
    file_name: FileName,
    kind: DocumentKind,
    content: A,
}

impl<A: ArrivedContent> Arrival<A> {
    /// A file of this name with this content.
    ///
    /// # Errors
    /// If it is empty or no sort of document.
    pub fn new(file_name: FileName, content: A) -> Result<Self, Refusal> {
        if content.size() == 0 {
            return Err(Refusal::Empty);
        }
        let kind = DocumentKind::of_content(content.head()).ok_or(Refusal::UnknownKind)?;
        Ok(Self { file_name, kind, content })
    }
}

/// Takes in files in the caller's unit of work, which the caller commits, and tells what became of each. The documents
/// are taken in first: where two come with the same content, the second waits here until the first is done, so that
/// nobody throws away a content that somebody else's document refers to.
///
/// # Errors
/// If something outside fails.
pub async fn ingest_documents<D: DocumentRepository, C: ContentStore<Error = D::Error>>(
    documents: &mut D,
    contents: &C,
    arrivals: Vec<Arrival<C::Arrived>>,
    now: SystemTime,
) -> Result<Vec<Intake>, Failure<D::Error>> {
    let receive = |arrival: &Arrival<C::Arrived>| {
        let Arrival { file_name, kind, content } = arrival;
        let location = contents.location(content.hash());
        Document::receive(file_name.clone(), content.hash(), *kind, content.size(), location, now)
    };
    let intakes = documents.create_all(arrivals.iter().map(receive).collect()).await?;
    let is_new = |(_, intake): &(_, &Intake)| matches!(intake, Intake::New(_));
    let new = arrivals.into_iter().zip(&intakes).filter(is_new).map(|(arrival, _)| arrival.content);
    let new: Vec<C::Arrived> = new.collect();
    if !new.is_empty() {
        contents.keep(new).await.map_err(Failure::Outside)?;
    }
    Ok(intakes)
}
