//! Which line an address was registered from, for the message to a later line that has it too.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use finance_domain::Email;

/// The lines of registered addresses. It keeps a hash of each, so that a large file needs little memory; whether an
/// address is taken the storage decides, not this.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    hasher: RandomState,
    lines: HashMap<u64, u64>,
}

impl Seen {
    pub(crate) fn insert(&mut self, email: &Email, line: u64) {
        self.lines.insert(self.hasher.hash_one(email), line);
    }

    pub(crate) fn line(&self, email: &Email) -> Option<u64> {
        self.lines.get(&self.hasher.hash_one(email)).copied()
    }
}
