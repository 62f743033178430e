//! The id of a document.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

/// The id of a document: a UUID, of version 7 if it was made here, so that ids sort as documents came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(Uuid);

impl DocumentId {
    /// A new one.
    #[must_use]
    #[allow(clippy::new_without_default)] // two calls give two ids
    pub fn new() -> Self {
        Self(Uuid::now_v7())
    }

    /// The UUID.
    #[must_use]
    pub fn uuid(self) -> Uuid {
        self.0
    }
}

impl From<Uuid> for DocumentId {
    fn from(uuid: Uuid) -> Self {
        Self(uuid)
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for DocumentId {
    type Err = InvalidDocumentId;

    fn from_str(text: &str) -> Result<Self, InvalidDocumentId> {
        Uuid::try_parse(text).map(Self).map_err(|_| InvalidDocumentId)
    }
}

/// That a text is no id of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidDocumentId;

impl fmt::Display for InvalidDocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the id of a document is a UUID such as 0190163d-8694-739b-aea5-966c26f8ad91")
    }
}

impl std::error::Error for InvalidDocumentId {}
