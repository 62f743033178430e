//! What sort of file a document is.

use std::fmt;
use std::str::FromStr;

/// What sort of file a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DocumentKind {
    /// Pages as PDF.
    Pdf,
    /// Text of a word processor.
    Docx,
    /// A picture.
    Image,
}

impl DocumentKind {
    /// Each of them.
    pub const ALL: [Self; 3] = [Self::Pdf, Self::Docx, Self::Image];

    /// The sort in a word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Image => "image",
        }
    }

    /// The sort by the first bytes of a file, whatever its name says.
    #[must_use]
    pub fn of_content(content: &[u8]) -> Option<Self> {
        let begins = |with: &[u8]| content.starts_with(with);
        if begins(b"%PDF-") {
            Some(Self::Pdf)
        } else if begins(b"PK\x03\x04") {
            // A ZIP archive; whether there is a text in it the extractor finds out.
            Some(Self::Docx)
        } else if begins(b"\x89PNG\r\n\x1a\n") || begins(b"\xff\xd8\xff") || begins(b"GIF8") {
            Some(Self::Image)
        } else {
            None
        }
    }
}

impl fmt::Display for DocumentKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for DocumentKind {
    type Err = InvalidDocumentKind;

    fn from_str(text: &str) -> Result<Self, InvalidDocumentKind> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(InvalidDocumentKind)
    }
}

/// That something is no sort of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidDocumentKind;

impl fmt::Display for InvalidDocumentKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a document is a PDF, a DOCX, or an image (PNG, JPEG or GIF)")
    }
}

impl std::error::Error for InvalidDocumentKind {}
