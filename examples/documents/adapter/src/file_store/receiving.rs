//! A content while it comes in: written to a file and hashed at once, in memory that does not grow with it.

use std::fmt;
use std::io::{self, Write};
use std::path::Path;

use documents_domain::ContentHash;
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use super::ArrivedFile;
use crate::ContentError;

/// How many of the first bytes are remembered.
const HEAD: usize = 16;

/// A content that is coming in. Dropping it removes its file.
pub struct Receiving {
    file: NamedTempFile,
    hasher: Sha256,
    head: Vec<u8>,
    size: u64,
    most: u64,
}

impl Receiving {
    pub(super) fn begin(folder: &Path, most: u64) -> Result<Self, ContentError> {
        let file = NamedTempFile::new_in(folder).map_err(ContentError::at("make a file in", folder))?;
        Ok(Self { file, hasher: Sha256::new(), head: Vec::with_capacity(HEAD), size: 0, most })
    }

    /// Takes the next bytes. It may wait for the disk.
    ///
    /// # Errors
    /// If the disk does not take them. Whether they are too many is told, and then nothing is written.
    pub fn take(&mut self, bytes: &[u8]) -> Result<Result<(), TooLarge>, ContentError> {
        self.size = self.size.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        if self.size > self.most {
            return Ok(Err(TooLarge { most: self.most }));
        }
        self.hasher.update(bytes);
        let missing = HEAD.saturating_sub(self.head.len()).min(bytes.len());
        self.head.extend(bytes.iter().take(missing));
        self.file.write_all(bytes).map_err(|error| self.failed(error))?;
        Ok(Ok(()))
    }

    /// That was all: makes it durable.
    ///
    /// # Errors
    /// If the disk does not take it.
    pub fn end(self) -> Result<ArrivedFile, ContentError> {
        self.file.as_file().sync_data().map_err(|error| self.failed(error))?;
        let Self { file, hasher, head, size, .. } = self;
        let hash = ContentHash::new(hasher.finalize().into());
        Ok(ArrivedFile { file: file.into_temp_path(), hash, size, head })
    }

    fn failed(&self, error: io::Error) -> ContentError {
        ContentError::at("write", self.file.path())(error)
    }
}

impl fmt::Debug for Receiving {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiving")
            .field("size", &self.size)
            .field("most", &self.most)
            .finish_non_exhaustive()
    }
}

/// That a content is larger than may come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge {
    /// The most bytes.
    pub most: u64,
}

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the file has more than {} bytes", self.most)
    }
}

impl std::error::Error for TooLarge {}
