//! What fails outside of the domain: the database, or the directory of the files.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// What the storage of rows or of contents fails with.
#[derive(Debug)]
pub enum StorageError {
    /// The database.
    Database(underpin::Error),
    /// The store of contents.
    Contents(ContentError),
}

impl StorageError {
    /// Whether the same may succeed if it is tried again at once.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::Database(error) if error.is_retryable())
    }
}

impl From<underpin::Error> for StorageError {
    fn from(error: underpin::Error) -> Self {
        Self::Database(error)
    }
}

impl From<ContentError> for StorageError {
    fn from(error: ContentError) -> Self {
        Self::Contents(error)
    }
}

impl fmt::Display for StorageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database(error) => error.fmt(f),
            Self::Contents(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for StorageError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Database(error) => error.source(),
            Self::Contents(error) => error.source(),
        }
    }
}

/// That a content could not be kept or read.
#[derive(Debug)]
pub struct ContentError {
    attempted: &'static str,
    place: PathBuf,
    source: io::Error,
}

impl ContentError {
    /// That something could not be done at a place: `ContentError::at("keep", path)` is made for `map_err`.
    pub(crate) fn at(attempted: &'static str, place: &Path) -> impl FnOnce(io::Error) -> Self {
        let place = place.to_owned();
        move |source| Self { attempted, place, source }
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self.source.kind() {
            io::ErrorKind::PermissionDenied => {
                "give the user of this program rights there, or name another directory"
            }
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "make room on that disk",
            io::ErrorKind::NotFound => "name the directory in which the files were kept",
            io::ErrorKind::InvalidData => "bring the file back from a backup",
            _ => "look at that directory and its disk",
        }
    }
}

impl fmt::Display for ContentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {} {}: {}", self.attempted, self.place.display(), self.source)
    }
}

impl std::error::Error for ContentError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}
