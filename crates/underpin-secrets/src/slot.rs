//! Where a program puts its key ring, for mappings.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError, RwLock};

use crate::{KeyRing, SecretsError};

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
    /// The columns that were used, each with where it stands.
    columns: Mutex<Vec<(&'static str, usize)>>,
}

impl KeySlot {
    /// An empty one.
    #[must_use]
    pub const fn new() -> Self {
        Self { ring: RwLock::new(None), loaded: AtomicU64::new(0), columns: Mutex::new(Vec::new()) }
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

    /// Takes note of a column. Two of one name could be exchanged in the database, so the second is refused.
    pub(crate) fn register(&self, context: &'static str, place: usize) -> Result<(), SecretsError> {
        let mut columns = self.columns.lock().unwrap_or_else(PoisonError::into_inner);
        match columns.iter().find(|(known, _)| *known == context) {
            Some((_, at)) if *at == place => {}
            Some(_) => return Err(SecretsError::twins(context)),
            None => columns.push((context, place)),
        }
        Ok(())
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
