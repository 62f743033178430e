//! The port to the documents.

use std::collections::HashSet;

use crate::{ContentHash, Document, DocumentId, Failure, Paging, Status};

/// The documents, in one unit of work. It writes when it says so; it never commits, for the caller owns the unit of
/// work.
pub trait DocumentRepository: Send {
    /// What the storage fails with.
    type Error: Send;

    /// Takes in a document, or tells which one has the same content: of two who come with it at the same moment, each
    /// is told the same document.
    fn create(
        &mut self,
        document: Document,
    ) -> impl Future<Output = Result<Intake, Failure<Self::Error>>> + Send;

    /// Takes in several documents as one would, in as many statements however many there are.
    fn create_all(
        &mut self,
        documents: Vec<Document>,
    ) -> impl Future<Output = Result<Vec<Intake>, Failure<Self::Error>>> + Send;

    /// The document of an id.
    fn get_by_id(
        &mut self,
        id: DocumentId,
    ) -> impl Future<Output = Result<Option<Document>, Failure<Self::Error>>> + Send;

    /// The document that has this content.
    fn get_by_hash(
        &mut self,
        hash: ContentHash,
    ) -> impl Future<Output = Result<Option<Document>, Failure<Self::Error>>> + Send;

    /// Which of these contents a document has.
    fn known(
        &mut self,
        hashes: &[ContentHash],
    ) -> impl Future<Output = Result<HashSet<ContentHash>, Failure<Self::Error>>> + Send;

    /// Writes how far a document has got, and what came of it. The move is refused if it is none from where the document
    /// is by now, whatever this one was when it was read.
    fn update_status(
        &mut self,
        document: &mut Document,
    ) -> impl Future<Output = Result<(), Failure<Self::Error>>> + Send;

    /// Some documents, the newest first.
    fn list_documents(
        &mut self,
        listing: Listing,
    ) -> impl Future<Output = Result<Vec<Document>, Failure<Self::Error>>> + Send;

    /// At most so many documents that wait, the oldest first. They are held for this unit of work: nobody else is
    /// given one of them before it ends.
    fn list_pending(
        &mut self,
        limit: u16,
    ) -> impl Future<Output = Result<Vec<Document>, Failure<Self::Error>>> + Send;
}

/// What became of a document that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Intake {
    /// It is new, and kept.
    New(Document),
    /// This document has the same content.
    Known(Document),
}

impl Intake {
    /// The document, be it new or not.
    #[must_use]
    pub fn document(&self) -> &Document {
        match self {
            Self::New(document) | Self::Known(document) => document,
        }
    }
}

/// Which documents are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listing {
    /// Only those that have got so far.
    pub status: Option<Status>,
    /// Which part of them.
    pub paging: Paging,
}
