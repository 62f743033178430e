//! The root keys of a program.

mod change;
mod environment;
mod file;
mod state;
mod text;

#[cfg(not(unix))]
#[path = "permissions_other.rs"]
mod permissions;
#[cfg(unix)]
#[path = "permissions_unix.rs"]
mod permissions;

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use crate::column_keys::ColumnKeys;
use crate::{BlindIndex, Cipher, RootKey, SecretsError};

pub use state::{KeyFacts, KeyState};

/// The root keys of a program: one is primary and encrypts, others are active and decrypt, retired ones do neither.
///
/// A ring does not change; what changes keys makes another. A clone is the same ring.
#[derive(Clone)]
pub struct KeyRing(Arc<Inner>);

struct Inner {
    keys: Vec<RingKey>,
    /// The keys of columns that were asked for: deriving them costs more than encrypting does.
    columns: Mutex<HashMap<String, Arc<ColumnKeys>>>,
}

pub(crate) struct RingKey {
    pub(crate) id: u32,
    pub(crate) state: KeyState,
    pub(crate) root: RootKey,
}

impl KeyRing {
    /// A ring of one new key, number 1.
    ///
    /// # Errors
    /// If the operating system has no random bytes to give.
    pub fn generate() -> Result<Self, SecretsError> {
        Self::of(vec![RingKey { id: 1, state: KeyState::Primary, root: RootKey::generate()? }])
    }

    /// A ring of keys that somebody keeps, with their numbers and states.
    ///
    /// # Errors
    /// If not exactly one is primary, a number is 0 or occurs twice, or a key does.
    pub fn from_keys(keys: impl IntoIterator<Item = (u32, KeyState, RootKey)>) -> Result<Self, SecretsError> {
        Self::of(keys.into_iter().map(|(id, state, root)| RingKey { id, state, root }).collect())
    }

    pub(crate) fn of(mut keys: Vec<RingKey>) -> Result<Self, SecretsError> {
        keys.sort_by_key(|key| key.id);
        let hint = "a key ring has one key that is primary; every key has its own number, from 1";
        if keys.iter().any(|key| key.id == 0) {
            return Err(SecretsError::keys("a key of the ring has the number 0", hint));
        }
        if let Some([key, _]) = keys.array_windows().find(|[a, b]| a.id == b.id) {
            return Err(
                SecretsError::keys(format!("the ring has two keys {}", key.id), hint).with_key(key.id)
            );
        }
        for (at, key) in keys.iter().enumerate() {
            if let Some(twin) = keys[..at].iter().find(|other| other.root.is(&key.root)) {
                let what = format!("keys {} and {} of the ring are the same", twin.id, key.id);
                return Err(SecretsError::keys(what, "make a new key for each number").with_key(key.id));
            }
        }
        match keys.iter().filter(|key| key.state == KeyState::Primary).count() {
            1 => Ok(Self(Arc::new(Inner { keys, columns: Mutex::default() }))),
            count => Err(SecretsError::keys(format!("the ring has {count} primary keys"), hint)),
        }
    }

    /// What encrypts and decrypts the column that is called `context` in what is authenticated: a name of its own, which
    /// stays when the table or the column is renamed. Two columns must not share it.
    ///
    /// # Errors
    /// If the context is empty or longer than 65,535 bytes.
    pub fn cipher(&self, context: &str) -> Result<Cipher, SecretsError> {
        let mut columns = self.0.columns.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(keys) = columns.get(context) {
            return Ok(Cipher::new(Arc::clone(keys)));
        }
        let keys = Arc::new(ColumnKeys::derive(context, self.entries())?);
        columns.insert(context.to_owned(), Arc::clone(&keys));
        Ok(Cipher::new(keys))
    }

    /// What finds rows by the encrypted column that is called `context`; `normalise` says which texts are the same value.
    /// The keys differ from those that encrypt. Give it a ring of its own where it is to be rotated by itself.
    ///
    /// # Errors
    /// If the context is longer than 65,535 bytes.
    pub fn blind_index(
        &self,
        context: &str,
        normalise: fn(&str) -> String,
    ) -> Result<BlindIndex, SecretsError> {
        BlindIndex::derive(context, normalise, self.entries())
    }

    /// The keys by number and state, in the order of their numbers.
    pub fn keys(&self) -> impl Iterator<Item = KeyFacts> {
        self.0.keys.iter().map(|key| KeyFacts { id: key.id, state: key.state })
    }

    /// The number of the key that encrypts.
    #[must_use]
    pub fn primary(&self) -> u32 {
        self.keys().find(|key| key.state == KeyState::Primary).map_or(0, |key| key.id)
    }

    pub(crate) fn entries(&self) -> impl Iterator<Item = (u32, KeyState, &RootKey)> {
        self.0.keys.iter().map(|key| (key.id, key.state, &key.root))
    }
}

/// Shows numbers and states, no key.
impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.keys().map(|key| (key.id, key.state))).finish()
    }
}
