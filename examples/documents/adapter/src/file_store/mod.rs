//! A directory in which each content is a file that is named by its hash.
//!
//! ```text
//! ROOT/incoming/..              contents that are coming in; gone when whoever receives them goes away
//! ROOT/2f/3a9c..(62 digits)     contents that are kept
//! ```
//!
//! A content is written to `incoming`, made durable there, and renamed: whatever happens, a file under a hash is whole.

mod arrived;
mod receiving;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use documents_domain::{ContentHash, ContentStore};
use sha2::{Digest, Sha256};
use tokio::task::spawn_blocking;

pub use self::arrived::ArrivedFile;
pub use self::receiving::{Receiving, TooLarge};
use crate::{ContentError, StorageError};

const INCOMING: &str = "incoming";

/// Keeps contents in a directory, which belongs to it.
#[derive(Debug, Clone)]
pub struct FileStore {
    root: Arc<Path>,
}

impl FileStore {
    /// The store in a directory, which is made if it is not there.
    ///
    /// # Errors
    /// If it cannot be made.
    pub fn open(root: impl Into<PathBuf>) -> Result<Self, ContentError> {
        let root = root.into();
        let incoming = root.join(INCOMING);
        fs::create_dir_all(&incoming).map_err(ContentError::at("make", &incoming))?;
        Ok(Self { root: root.into() })
    }

    /// Begins to receive a content of at most so many bytes.
    ///
    /// # Errors
    /// If no file can be made.
    pub fn receive(&self, most: u64) -> Result<Receiving, ContentError> {
        Receiving::begin(&self.root.join(INCOMING), most)
    }

    /// Where a content is, if the place is one that this store has given.
    fn path(&self, location: &str) -> Option<PathBuf> {
        hash_at(location).map(|hash| self.path_of(hash))
    }

    fn path_of(&self, hash: ContentHash) -> PathBuf {
        self.root.join(location_of(hash))
    }

    fn keep_now(&self, contents: Vec<ArrivedFile>) -> Result<(), ContentError> {
        let mut kept = Kept::default();
        let mut folders = BTreeSet::new();
        for content in contents {
            let path = self.path_of(content.hash);
            let folder = path.parent().unwrap_or(&self.root).to_owned();
            if !folder.is_dir() {
                fs::create_dir_all(&folder).map_err(ContentError::at("make", &folder))?;
                folders.insert(self.root.to_path_buf());
            }
            let is_new = !path.exists();
            content.file.persist(&path).map_err(|failed| ContentError::at("keep", &path)(failed.error))?;
            if is_new {
                kept.0.push(path);
            }
            folders.insert(folder);
        }
        // That a file is there is durable once its directory is.
        for folder in folders {
            File::open(&folder)
                .and_then(|open| open.sync_all())
                .map_err(ContentError::at("sync", &folder))?;
        }
        kept.0.clear();
        Ok(())
    }

    fn kept_before_now(&self, time: SystemTime) -> Result<Vec<ContentHash>, ContentError> {
        let mut kept = Vec::new();
        for folder in entries(&self.root)? {
            let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.len() != 2 || !folder.is_dir() {
                continue;
            }
            for path in entries(&folder)? {
                let rest = path.file_name().unwrap_or_default().to_string_lossy();
                let Some(hash) = hash_at(&format!("{name}/{rest}")) else { continue };
                // A file that is gone by now needs no sweeping.
                let Ok(modified) = path.metadata().and_then(|of| of.modified()) else { continue };
                if modified < time {
                    kept.push(hash);
                }
            }
        }
        Ok(kept)
    }

    /// Throws away what came in before a point of time and was never kept, because the program was killed meanwhile.
    fn sweep_incoming(&self, time: SystemTime) -> Result<(), ContentError> {
        for path in entries(&self.root.join(INCOMING))? {
            let is_old = path.metadata().and_then(|of| of.modified()).is_ok_and(|modified| modified < time);
            if is_old {
                removed(&path)?;
            }
        }
        Ok(())
    }
}

/// What was kept of several contents; thrown away unless all of them are.
#[derive(Default)]
struct Kept(Vec<PathBuf>);

impl Drop for Kept {
    fn drop(&mut self) {
        for path in &self.0 {
            // What cannot be removed is a content without a document, which does no harm.
            let _ = fs::remove_file(path);
        }
    }
}

impl ContentStore for FileStore {
    type Error = StorageError;
    type Arrived = ArrivedFile;

    fn location(&self, hash: ContentHash) -> String {
        location_of(hash)
    }

    async fn keep(&self, contents: Vec<ArrivedFile>) -> Result<(), StorageError> {
        let store = self.clone();
        on_a_thread(move || store.keep_now(contents)).await
    }

    async fn read(&self, location: &str) -> Result<Vec<u8>, StorageError> {
        let path = self.path(location);
        let place = PathBuf::from(location);
        on_a_thread(move || {
            let path =
                path.ok_or_else(|| ContentError::at("read", &place)(io::ErrorKind::NotFound.into()))?;
            let content = fs::read(&path).map_err(ContentError::at("read", &path))?;
            let is_whole = hash_at(&place.to_string_lossy()) == Some(hash_of(&content));
            if is_whole {
                return Ok(content);
            }
            let broken = io::Error::new(io::ErrorKind::InvalidData, "it is not what was kept there");
            Err(ContentError::at("read", &path)(broken))
        })
        .await
    }

    async fn kept_before(&self, time: SystemTime) -> Result<Vec<ContentHash>, StorageError> {
        let store = self.clone();
        on_a_thread(move || {
            store.sweep_incoming(time)?;
            store.kept_before_now(time)
        })
        .await
    }

    async fn discard(&self, hashes: Vec<ContentHash>) -> Result<(), StorageError> {
        let store = self.clone();
        on_a_thread(move || hashes.iter().try_for_each(|hash| removed(&store.path_of(*hash)))).await
    }
}

/// Disks make wait, so that what waits for them does it on a thread of its own. It goes on to its end, even if nobody
/// waits for it any more.
async fn on_a_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ContentError> + Send + 'static,
) -> Result<T, StorageError> {
    match spawn_blocking(work).await {
        Ok(done) => Ok(done?),
        Err(error) => Err(ContentError::at("use", Path::new("a thread"))(error.into()).into()),
    }
}

fn location_of(hash: ContentHash) -> String {
    let digits = hash.to_string();
    let (folder, rest) = digits.split_at(2);
    format!("{folder}/{rest}")
}

fn hash_at(location: &str) -> Option<ContentHash> {
    let (folder, rest) = location.split_once('/')?;
    format!("{folder}{rest}").parse().ok().filter(|_| folder.len() == 2)
}

fn hash_of(content: &[u8]) -> ContentHash {
    ContentHash::new(Sha256::digest(content).into())
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, ContentError> {
    let read = || fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>();
    read().map_err(ContentError::at("read", folder))
}

fn removed(path: &Path) -> Result<(), ContentError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(ContentError::at("remove", path)(error)),
        _ => Ok(()),
    }
}
