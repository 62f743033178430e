//! The port to whatever keeps the files.

use std::time::SystemTime;

use crate::ContentHash;

/// Keeps the contents of documents, each under its hash.
pub trait ContentStore: Sync {
    /// What it fails with.
    type Error: Send;

    /// A content that has come in.
    type Arrived: ArrivedContent;

    /// Where a content is kept, whether it is there or not.
    fn location(&self, hash: ContentHash) -> String;

    /// Keeps contents for good: all of them, or none if it fails. One that is kept already is not kept twice.
    fn keep(&self, contents: Vec<Self::Arrived>) -> impl Future<Output = Result<(), Self::Error>> + Send;

    /// The content that is kept at a place.
    fn read(&self, location: &str) -> impl Future<Output = Result<Vec<u8>, Self::Error>> + Send;

    /// The contents that were kept before a point of time.
    fn kept_before(
        &self,
        time: SystemTime,
    ) -> impl Future<Output = Result<Vec<ContentHash>, Self::Error>> + Send;

    /// Throws contents away.
    fn discard(&self, hashes: Vec<ContentHash>) -> impl Future<Output = Result<(), Self::Error>> + Send;
}

/// A content that has come in whole, and is kept nowhere yet. Dropping it throws it away.
pub trait ArrivedContent: Send {
    /// Its hash.
    fn hash(&self) -> ContentHash;

    /// How large it is, in bytes.
    fn size(&self) -> u64;

    /// Its first bytes, enough to tell what sort of file it is.
    fn head(&self) -> &[u8];
}
