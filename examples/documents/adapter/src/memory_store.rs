//! Contents in memory, for tests.

use std::collections::HashMap;
use std::io;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use documents_domain::{ArrivedContent, ContentHash, ContentStore};
use sha2::{Digest, Sha256};

use crate::{ContentError, StorageError};

/// Keeps contents in memory. Those that were kept count as kept at any time before.
#[derive(Debug, Default)]
pub struct MemoryStore(Mutex<HashMap<ContentHash, Vec<u8>>>);

/// A content that has come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArrivedBytes(Vec<u8>);

impl MemoryStore {
    /// How many contents are kept.
    #[must_use]
    pub fn count(&self) -> usize {
        self.contents().len()
    }

    fn contents(&self) -> MutexGuard<'_, HashMap<ContentHash, Vec<u8>>> {
        // Whoever panicked has left a whole map.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl From<Vec<u8>> for ArrivedBytes {
    fn from(content: Vec<u8>) -> Self {
        Self(content)
    }
}

impl ArrivedContent for ArrivedBytes {
    fn hash(&self) -> ContentHash {
        ContentHash::new(Sha256::digest(&self.0).into())
    }

    fn size(&self) -> u64 {
        u64::try_from(self.0.len()).unwrap_or(u64::MAX)
    }

    fn head(&self) -> &[u8] {
        &self.0
    }
}

impl ContentStore for MemoryStore {
    type Error = StorageError;
    type Arrived = ArrivedBytes;

    fn location(&self, hash: ContentHash) -> String {
        hash.to_string()
    }

    async fn keep(&self, contents: Vec<ArrivedBytes>) -> Result<(), StorageError> {
        self.contents().extend(contents.into_iter().map(|content| (content.hash(), content.0)));
        Ok(())
    }

    async fn read(&self, location: &str) -> Result<Vec<u8>, StorageError> {
        let content = location.parse().ok().and_then(|hash| self.contents().get(&hash).cloned());
        let missing = || ContentError::at("read", Path::new(location))(io::ErrorKind::NotFound.into());
        Ok(content.ok_or_else(missing)?)
    }

    async fn kept_before(&self, _: SystemTime) -> Result<Vec<ContentHash>, StorageError> {
        Ok(self.contents().keys().copied().collect())
    }

    async fn discard(&self, hashes: Vec<ContentHash>) -> Result<(), StorageError> {
        let mut contents = self.contents();
        hashes.iter().for_each(|hash| drop(contents.remove(hash)));
        Ok(())
    }
}
