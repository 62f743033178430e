//! Finding a row by its key, without a second copy of the key.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};
use underpin_schema::Table;

use super::Tracked;

/// Positions of rows by the rows' own keys.
#[derive(Default)]
pub(crate) struct KeyIndex {
    hasher: DefaultHashBuilder,
    entries: HashTable<Entry>,
}

/// One row. With its hash at hand, the index grows without a look at the keys.
struct Entry {
    hash: u64,
    position: usize,
}

impl KeyIndex {
    /// The hash of a key, for who looks for a row and then enters it.
    pub(super) fn hash<K: std::hash::Hash>(&self, key: &K) -> u64 {
        self.hasher.hash_one(key)
    }

    /// The position of the row with this key.
    pub(super) fn find<R: Table>(&self, rows: &[Tracked<R>], key: &R::Key) -> Option<usize> {
        self.find_hashed(rows, key, self.hash(key))
    }

    /// The position of the row with this key, whose hash is known.
    pub(super) fn find_hashed<R: Table>(
        &self,
        rows: &[Tracked<R>],
        key: &R::Key,
        hash: u64,
    ) -> Option<usize> {
        let same =
            |entry: &Entry| entry.hash == hash && rows.get(entry.position).is_some_and(|row| row.key == *key);
        self.entries.find(hash, same).map(|entry| entry.position)
    }

    /// Enters the row at this position, whose key has this hash and is not there yet.
    pub(super) fn enter(&mut self, hash: u64, position: usize) {
        self.entries.insert_unique(hash, Entry { hash, position }, |entry| entry.hash);
    }

    /// Forgets rows from this position on.
    pub(super) fn forget_from(&mut self, position: usize) {
        self.entries.retain(|entry| entry.position < position);
    }
}
