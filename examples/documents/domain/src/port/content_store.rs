//! The port to whatever keeps the files.

use crate::ContentHash;

/// Keeps the contents of documents.
pub trait ContentStore: Sync {
    /// What it fails with.
    type Error: Send;

    /// Keeps a content and tells where it is. A content that is kept already is not kept twice.
    fn keep(
        &self,
        hash: ContentHash,
        content: &[u8],
    ) -> impl Future<Output = Result<String, Self::Error>> + Send;

    /// The content that is kept at a place.
    fn read(&self, location: &str) -> impl Future<Output = Result<Vec<u8>, Self::Error>> + Send;
}
