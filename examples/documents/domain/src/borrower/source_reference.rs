//! Where something was read.

use crate::DocumentId;

/// The place in a document where something was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceReference {
    /// The document.
    pub document: DocumentId,
    /// The page, counted from 1.
    pub page: u32,
    /// The heading above it, if there is one.
    pub section: Option<String>,
    /// A few words of the text.
    pub snippet: String,
}
