//! Finding a row by its key, without a second copy of the key.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};
use underpin_schema::Table;

use super::Tracked;

/// Positions of rows by the rows' own keys.
#[derive(Default)]
pub(crate) struct KeyIndex {
    hasher: DefaultHashBuilder,
    positions: HashTable<usize>,
}

impl KeyIndex {
    /// The position of the row with this key.
    pub(super) fn find<R: Table>(&self, rows: &[Tracked<R>], key: &R::Key) -> Option<usize> {
        let same = |position: &usize| rows.get(*position).is_some_and(|row| row.key == *key);
        self.positions.find(self.hasher.hash_one(key), same).copied()
    }

    /// Enters the row at this position, whose key is not there yet.
    pub(super) fn enter<R: Table>(&mut self, rows: &[Tracked<R>], position: usize) {
        let hash = |position: &usize| rows.get(*position).map_or(0, |row| self.hasher.hash_one(&row.key));
        self.positions.insert_unique(hash(&position), position, hash);
    }

    /// Forgets rows from this position on.
    pub(super) fn forget_from(&mut self, position: usize) {
        self.positions.retain(|known| *known < position);
    }
}
