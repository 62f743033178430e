//! How a use case can fail: the domain refuses, or something outside does not work.

use std::error::Error;
use std::fmt;

use crate::{BorrowerId, DocumentId, IllegalMove};

/// What the domain refuses. Asking again gives the same answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such document.
    DocumentNotFound(DocumentId),
    /// There is no such borrower.
    BorrowerNotFound(BorrowerId),
    /// The document cannot get where it should.
    IllegalMove(IllegalMove),
    /// The file is no sort of document.
    UnknownKind,
    /// The file is empty.
    Empty,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DocumentNotFound(id) => write!(f, "there is no document {id}"),
            Self::BorrowerNotFound(id) => write!(f, "there is no borrower {id}"),
            Self::IllegalMove(refused) => refused.fmt(f),
            Self::UnknownKind => f.write_str("the file is no PDF, no DOCX, and no image (PNG, JPEG or GIF)"),
            Self::Empty => f.write_str("the file is empty"),
        }
    }
}

impl Error for Refusal {}

/// Why a use case has done nothing; `E` is what fails outside of the domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure<E> {
    /// The domain refused.
    Refused(Refusal),
    /// The storage of rows or of contents failed, for a reason of its own.
    Outside(E),
}

impl<E> From<Refusal> for Failure<E> {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl<E> From<IllegalMove> for Failure<E> {
    fn from(refused: IllegalMove) -> Self {
        Self::Refused(Refusal::IllegalMove(refused))
    }
}

impl<E: fmt::Display> fmt::Display for Failure<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Outside(error) => error.fmt(f),
        }
    }
}

impl<E: Error> Error for Failure<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Refused(_) => None,
            Self::Outside(error) => error.source(),
        }
    }
}
