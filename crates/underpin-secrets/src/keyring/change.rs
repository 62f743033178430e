//! From one ring to the next: how keys come, rise and go.

use super::{KeyRing, KeyState, RingKey};
use crate::{RootKey, SecretsError};

impl KeyRing {
    /// The ring with a new key that is active: give it to every process before it becomes primary. Its number is the
    /// highest so far and one.
    ///
    /// # Errors
    /// If the operating system has no random bytes to give.
    pub fn with_new_key(&self) -> Result<Self, SecretsError> {
        let highest = self.keys().map(|key| key.id).max().unwrap_or(0);
        let id = highest.checked_add(1).ok_or_else(|| {
            SecretsError::keys("no number is left for a new key", "begin a new ring and encrypt anew")
        })?;
        let mut keys = self.copies();
        keys.push(RingKey { id, state: KeyState::Active, root: RootKey::generate()? });
        Self::of(keys)
    }

    /// The ring with an active key as the primary one; the one before is active from then on.
    ///
    /// # Errors
    /// If there is no such key, or it is retired.
    pub fn promote(&self, id: u32) -> Result<Self, SecretsError> {
        let state = self.state(id)?;
        if state == KeyState::Retired {
            let what = format!("key {id} is retired");
            return Err(SecretsError::keys(what, "make a new key, or this one active again").with_key(id));
        }
        Self::of(self.changed(|key| match key.state {
            _ if key.id == id => KeyState::Primary,
            KeyState::Primary => KeyState::Active,
            other => other,
        }))
    }

    /// The ring with an active key retired. Whoever calls it has seen that no row is left that it encrypted.
    ///
    /// # Errors
    /// If there is no such key, or it is the primary one.
    pub fn retire(&self, id: u32) -> Result<Self, SecretsError> {
        if self.state(id)? == KeyState::Primary {
            let hint = "make another key primary, and rotate, before this one is retired";
            return Err(SecretsError::key_in_use(id, format!("key {id} is the primary one"), hint));
        }
        self.with_state(id, KeyState::Retired)
    }

    /// The ring with a retired key active again.
    ///
    /// # Errors
    /// If there is no such key, or it is the primary one.
    pub fn reactivate(&self, id: u32) -> Result<Self, SecretsError> {
        if self.state(id)? == KeyState::Primary {
            return Err(
                SecretsError::keys(format!("key {id} is primary"), "there is nothing to do").with_key(id)
            );
        }
        self.with_state(id, KeyState::Active)
    }

    /// The ring without a retired key. What it encrypted, in backups too, is lost with the last copy of it.
    ///
    /// # Errors
    /// If there is no such key, or it is not retired.
    pub fn forget(&self, id: u32) -> Result<Self, SecretsError> {
        if self.state(id)? != KeyState::Retired {
            let what = format!("key {id} is not retired");
            return Err(SecretsError::key_in_use(
                id,
                what,
                "retire it first, and wait until the oldest backup has gone",
            ));
        }
        let mut keys = self.copies();
        keys.retain(|key| key.id != id);
        Self::of(keys)
    }

    fn state(&self, id: u32) -> Result<KeyState, SecretsError> {
        let found = self.keys().find(|key| key.id == id);
        let unknown = || {
            let hint = "`underpin secrets status` lists the keys of the ring";
            SecretsError::keys(format!("the ring has no key {id}"), hint).with_key(id)
        };
        found.map(|key| key.state).ok_or_else(unknown)
    }

    fn with_state(&self, id: u32, state: KeyState) -> Result<Self, SecretsError> {
        Self::of(self.changed(|key| if key.id == id { state } else { key.state }))
    }

    fn copies(&self) -> Vec<RingKey> {
        self.changed(|key| key.state)
    }

    fn changed(&self, state: impl Fn(&RingKey) -> KeyState) -> Vec<RingKey> {
        let keys = self.0.keys.iter();
        keys.map(|key| RingKey { id: key.id, state: state(key), root: key.root.duplicate() }).collect()
    }
}
