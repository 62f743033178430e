//! Where a program puts its key ring, for mappings.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{PoisonError, RwLock};

use crate::KeyRing;

/// The place of a program's key ring. A mapping is a pair of functions that are given an entity or a row and nothing else,
/// so what they encrypt with stands in a `static`, beside the columns that it is for:
///
/// ```
/// use underpin_secrets::{EncryptedColumn, KeyRing, KeySlot};
///
/// pub static KEYS: KeySlot = KeySlot::new();
/// pub static PHONE: EncryptedColumn = EncryptedColumn::new(&KEYS, "patients.phone");
///
/// // At the start of the program, before the database is used:
/// KEYS.load(KeyRing::generate()?);
/// # Ok::<(), underpin_secrets::SecretsError>(())
/// ```
pub struct KeySlot {
    ring: RwLock<Option<KeyRing>>,
    /// How often a ring was loaded, so that columns notice another one.
    loaded: AtomicU64,
}

impl KeySlot {
    /// An empty one.
    #[must_use]
    pub const fn new() -> Self {
        Self { ring: RwLock::new(None), loaded: AtomicU64::new(0) }
    }

    /// Puts a ring in, in the place of the one before, if any: what is encrypted from now on uses it.
    pub fn load(&self, ring: KeyRing) {
        let mut place = self.ring.write().unwrap_or_else(PoisonError::into_inner);
        *place = Some(ring);
        self.loaded.fetch_add(1, Ordering::Release);
    }

    /// The ring, if one was loaded.
    #[must_use]
    pub fn ring(&self) -> Option<KeyRing> {
        self.ring.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn loaded(&self) -> u64 {
        self.loaded.load(Ordering::Acquire)
    }
}

impl Default for KeySlot {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for KeySlot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("KeySlot").field(&self.ring()).finish()
    }
}
