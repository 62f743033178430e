//! A content that has come in whole, and waits in a file to be kept or thrown away.

use documents_domain::{ArrivedContent, ContentHash};
use tempfile::TempPath;

/// A content that has come in whole and is durable. Dropping it removes its file.
#[derive(Debug)]
pub struct ArrivedFile {
    pub(super) file: TempPath,
    pub(super) hash: ContentHash,
    pub(super) size: u64,
    pub(super) head: Vec<u8>,
}

impl ArrivedContent for ArrivedFile {
    fn hash(&self) -> ContentHash {
        self.hash
    }

    fn size(&self) -> u64 {
        self.size
    }

    fn head(&self) -> &[u8] {
        &self.head
    }
}
