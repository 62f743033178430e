//! A document: what came in, and how far it has got.

mod content_hash;
mod file_name;
mod id;
mod kind;
mod status;

use std::time::SystemTime;

pub use self::content_hash::{ContentHash, InvalidContentHash};
pub use self::file_name::{FileName, InvalidFileName};
pub use self::id::{DocumentId, InvalidDocumentId};
pub use self::kind::{DocumentKind, InvalidDocumentKind};
pub use self::status::{IllegalMove, InvalidStatus, Status};
use crate::plain_text::plain;

/// A document: what came in, and how far it has got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document(DocumentState);

/// All that a document is made of, for whoever keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentState {
    /// Its id.
    pub id: DocumentId,
    /// What the file was called.
    pub file_name: FileName,
    /// The hash of what is in it; no two documents have the same.
    pub hash: ContentHash,
    /// What sort of file it is.
    pub kind: DocumentKind,
    /// How large it is, in bytes.
    pub size: u64,
    /// Where its content is kept, in the words of the content store.
    pub location: String,
    /// How far it has got.
    pub status: Status,
    /// How many pages it has, once that is known.
    pub pages: Option<u32>,
    /// What was read from it, once it has been: its beginning, if it is long.
    pub text: Option<String>,
    /// Why it could not be processed.
    pub error: Option<String>,
    /// When it came in.
    pub created_at: SystemTime,
    /// When it was processed, well or not.
    pub processed_at: Option<SystemTime>,
}

impl Document {
    /// The most characters of what was read that are kept.
    pub const MAX_TEXT: usize = 200_000;
    /// The most characters of why it could not be.
    pub const MAX_ERROR: usize = 500;

    /// A document that has come in.
    #[must_use]
    pub fn receive(
        file_name: FileName,
        hash: ContentHash,
        kind: DocumentKind,
        size: u64,
        location: String,
        now: SystemTime,
    ) -> Self {
        Self(DocumentState {
            id: DocumentId::new(),
            file_name,
            hash,
            kind,
            size,
            location,
            status: Status::Pending,
            pages: None,
            text: None,
            error: None,
            created_at: now,
            processed_at: None,
        })
    }

    /// A document that was kept.
    #[must_use]
    pub fn restore(state: DocumentState) -> Self {
        Self(state)
    }

    /// All that it is made of.
    #[must_use]
    pub fn state(&self) -> &DocumentState {
        &self.0
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> DocumentId {
        self.0.id
    }

    /// How far it has got.
    #[must_use]
    pub fn status(&self) -> Status {
        self.0.status
    }

    /// Somebody begins to process it.
    ///
    /// # Errors
    /// If it does not wait for that.
    pub fn start(&mut self) -> Result<(), IllegalMove> {
        self.0.status = self.0.status.to(Status::Processing)?;
        Ok(())
    }

    /// It has been read.
    ///
    /// # Errors
    /// If nobody was at it.
    pub fn complete(&mut self, pages: Option<u32>, text: &str, now: SystemTime) -> Result<(), IllegalMove> {
        self.0.status = self.0.status.to(Status::Completed)?;
        self.0.pages = pages;
        self.0.text = Some(plain(text, Self::MAX_TEXT));
        self.0.error = None;
        self.0.processed_at = Some(now);
        Ok(())
    }

    /// It could not be read.
    ///
    /// # Errors
    /// If nobody was at it.
    pub fn fail(&mut self, why: &str, now: SystemTime) -> Result<(), IllegalMove> {
        self.0.status = self.0.status.to(Status::Failed)?;
        self.0.error = Some(plain(why, Self::MAX_ERROR));
        self.0.processed_at = Some(now);
        Ok(())
    }

    /// It shall be tried again.
    ///
    /// # Errors
    /// If it has not failed.
    pub fn retry(&mut self) -> Result<(), IllegalMove> {
        self.0.status = self.0.status.to(Status::Pending)?;
        self.0.error = None;
        self.0.processed_at = None;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn received() -> Document {
        let name = "loan.pdf".parse().expect("a name");
        let hash = ContentHash::new([7; 32]);
        Document::receive(name, hash, DocumentKind::Pdf, 12, "07".to_owned(), SystemTime::UNIX_EPOCH)
    }

    #[test]
    fn a_document_is_read() {
        let mut document = received();
        assert_eq!(document.status(), Status::Pending);
        assert_eq!(document.start(), Ok(()));
        assert_eq!(document.complete(Some(3), "text", SystemTime::UNIX_EPOCH), Ok(()));
        let state = document.state();
        assert_eq!(
            (state.status, state.pages, state.text.as_deref()),
            (Status::Completed, Some(3), Some("text"))
        );
        assert!(document.retry().is_err() && document.start().is_err());
    }

    #[test]
    fn a_document_that_failed_is_tried_again() {
        let mut document = received();
        assert!(document.fail("no PDF", SystemTime::UNIX_EPOCH).is_err());
        assert_eq!(document.start(), Ok(()));
        assert_eq!(document.fail("no PDF", SystemTime::UNIX_EPOCH), Ok(()));
        assert_eq!(document.state().error.as_deref(), Some("no PDF"));
        assert_eq!(document.retry(), Ok(()));
        assert_eq!((document.status(), document.state().error.as_deref()), (Status::Pending, None));
    }
}
