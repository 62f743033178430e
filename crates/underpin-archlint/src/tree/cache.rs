//! Facts of earlier runs, kept in the build folder: a file is parsed again only if its text has changed.

use std::{
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use serde::{Deserialize, Serialize};

use crate::source::Facts;

/// Raised when facts change their meaning; facts of another version are not used.
const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "/2");

/// A file that changed so shortly before it was read may change again within the clock's resolution.
const UNSURE: Duration = Duration::from_secs(2);

/// What tells two states of a file apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stamp {
    size: u64,
    modified: u64,
    text: u64,
}

impl Stamp {
    pub(crate) fn with_text(mut self, bytes: &[u8]) -> Self {
        self.text = hash(bytes);
        self.size = bytes.len() as u64;
        self
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Entry {
    stamp: Stamp,
    lines: usize,
    facts: Arc<Facts>,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    version: String,
    written: u64,
    entries: HashMap<PathBuf, Entry>,
}

/// Facts of a file, and how many lines it has.
pub(crate) type Known = (Arc<Facts>, usize);

/// The facts of earlier runs.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    file: Option<PathBuf>,
    written: u64,
    entries: HashMap<PathBuf, Entry>,
    changed: bool,
}

impl Cache {
    /// Nothing is known and nothing will be kept.
    pub(crate) fn none() -> Self {
        Self::default()
    }

    /// Opens the facts of a workspace in a build folder, which several may share. A file that is missing,
    /// unreadable or of another version is an empty one: it only saves time.
    pub(crate) fn open(folder: &Path, root: &Path) -> Self {
        let name = format!("facts-{:016x}.json", hash(root.as_os_str().as_encoded_bytes()));
        let file = folder.join("archlint").join(name);
        let stored = fs::read(&file).ok().and_then(|bytes| serde_json::from_slice::<Stored>(&bytes).ok());
        match stored.filter(|stored| stored.version == VERSION) {
            Some(stored) => {
                Self { file: Some(file), written: stored.written, entries: stored.entries, changed: false }
            }
            None => Self { file: Some(file), ..Self::default() },
        }
    }

    /// The present stamp of a file without its text, and its facts if it surely has not changed.
    pub(crate) fn find(&self, path: &Path) -> io::Result<(Stamp, Option<Known>)> {
        let metadata = fs::metadata(path)?;
        let modified = metadata.modified().map_or(0, nanoseconds);
        let stamp = Stamp { size: metadata.len(), modified, text: 0 };
        let sure =
            modified.saturating_add(u64::try_from(UNSURE.as_nanos()).unwrap_or(u64::MAX)) < self.written;
        let known = self
            .entries
            .get(path)
            .filter(|entry| sure && entry.stamp.size == stamp.size && entry.stamp.modified == stamp.modified);
        Ok((stamp, known.map(|entry| (Arc::clone(&entry.facts), entry.lines))))
    }

    /// The facts of a file whose text has not changed.
    pub(crate) fn same_text(&self, path: &Path, stamp: &Stamp) -> Option<Known> {
        let entry = self.entries.get(path)?;
        let same = entry.stamp.size == stamp.size && entry.stamp.text == stamp.text;
        same.then(|| (Arc::clone(&entry.facts), entry.lines))
    }

    /// Keeps the facts of a file.
    pub(crate) fn keep(&mut self, path: PathBuf, stamp: Stamp, facts: Arc<Facts>, lines: usize) {
        if self.file.is_some() {
            self.changed = true;
            self.entries.insert(path, Entry { stamp, lines, facts });
        }
    }

    /// Writes what is new. Failing to is no error: the next run is slower, that is all.
    pub(crate) fn close(mut self) {
        let Some(file) = self.file.take().filter(|_| self.changed) else { return };
        self.entries.retain(|path, _| path.exists());
        let stored = Stored {
            version: VERSION.to_owned(),
            written: nanoseconds(SystemTime::now()),
            entries: self.entries,
        };
        let Ok(bytes) = serde_json::to_vec(&stored) else { return };
        let Some(folder) = file.parent() else { return };
        let draft = folder.join(format!("draft-{}.json", std::process::id()));
        let written = fs::create_dir_all(folder)
            .and_then(|()| fs::write(&draft, bytes))
            .and_then(|()| fs::rename(&draft, &file));
        if written.is_err() {
            let _ = fs::remove_file(&draft);
        }
    }
}

fn nanoseconds(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)
}

/// FNV-1a, eight bytes at a time: it need not resist an attacker, only an editor.
fn hash(bytes: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |word: u64| hash = (hash ^ word).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23);
    let (words, rest) = bytes.as_chunks::<8>();
    words.iter().for_each(|word| add(u64::from_le_bytes(*word)));
    rest.iter().for_each(|byte| add(u64::from(*byte)));
    hash
}
