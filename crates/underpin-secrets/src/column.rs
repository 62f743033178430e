//! An encrypted column as a mapping names it.

use std::fmt;
use std::sync::{OnceLock, PoisonError, RwLock};

use crate::{Cipher, Encrypted, Form, KeySlot, Padding, RowId, Sealable, Secret, SecretsError};

/// An encrypted column, as a `static` beside the mapping: its name for ever, its padding, and where its keys are.
///
/// ```
/// use underpin_secrets::{Encrypted, EncryptedColumn, KeyRing, KeySlot, Padding, Secret};
///
/// static KEYS: KeySlot = KeySlot::new();
/// static PHONE: EncryptedColumn = EncryptedColumn::padded(&KEYS, "patients.phone", Padding::To32);
///
/// struct PatientRow { id: String, phone: Encrypted<String> }
///
/// fn to_row(id: &str, phone: &Secret<String>) -> PatientRow {
///     PatientRow { id: id.to_owned(), phone: PHONE.encrypt(id, phone) }
/// }
///
/// KEYS.load(KeyRing::generate()?);
/// let row = to_row("patient_1", &Secret::new("+49 30 1234".to_owned()));
/// assert_eq!(PHONE.decrypt(&row.id, row.phone)?.expose(), "+49 30 1234");
/// # Ok::<(), underpin_secrets::SecretsError>(())
/// ```
pub struct EncryptedColumn {
    keys: &'static KeySlot,
    context: &'static str,
    padding: Padding,
    /// The cipher of the first ring, which most programs keep, and which ring of the slot that is. No lock stands before it.
    first: OnceLock<(u64, Cipher)>,
    /// The cipher of a later ring.
    later: RwLock<Option<(u64, Cipher)>>,
}

impl EncryptedColumn {
    /// A column that is called `context` in what is authenticated: a name of its own, which stays when the table or the
    /// column is renamed.
    #[must_use]
    pub const fn new(keys: &'static KeySlot, context: &'static str) -> Self {
        Self::padded(keys, context, Padding::None)
    }

    /// The same, with values filled up so that their length does not show.
    #[must_use]
    pub const fn padded(keys: &'static KeySlot, context: &'static str, padding: Padding) -> Self {
        assert!(!context.is_empty(), "an encrypted column has a name, such as \"patients.phone\"");
        Self { keys, context, padding, first: OnceLock::new(), later: RwLock::new(None) }
    }

    /// The column's name in what is authenticated.
    #[must_use]
    pub fn context(&self) -> &'static str {
        self.context
    }

    /// The cell of a row for a value, see [`Cipher::encrypt`]. Without keys, or with a name that another column has too,
    /// writing it is an error.
    #[must_use]
    pub fn encrypt<'a, T: Sealable, F: Form>(
        &self,
        row: impl Into<RowId<'a>>,
        value: &Secret<T>,
    ) -> Encrypted<T, F> {
        self.with(|cipher| cipher.encrypt(row, value)).unwrap_or_else(|_| Encrypted::keyless())
    }

    /// The value of a cell, see [`Cipher::decrypt`].
    ///
    /// # Errors
    /// Those of [`Cipher::decrypt`], and if no keys are loaded.
    pub fn decrypt<'a, T: Sealable, F: Form>(
        &self,
        row: impl Into<RowId<'a>>,
        cell: Encrypted<T, F>,
    ) -> Result<Secret<T>, SecretsError> {
        self.with(|cipher| cipher.decrypt(row, cell))?
    }

    /// What encrypts and decrypts, with the ring that is loaded now.
    ///
    /// # Errors
    /// If no keys are loaded, or another column of the slot has the same name.
    pub fn cipher(&self) -> Result<Cipher, SecretsError> {
        self.with(Cipher::clone)
    }

    fn with<R>(&self, work: impl FnOnce(&Cipher) -> R) -> Result<R, SecretsError> {
        let loaded = self.keys.loaded();
        match self.first.get() {
            Some((of, cipher)) if *of == loaded => Ok(work(cipher)),
            _ => self.later(loaded).map(|cipher| work(&cipher)),
        }
    }

    fn later(&self, loaded: u64) -> Result<Cipher, SecretsError> {
        if let Some((of, cipher)) = &*self.later.read().unwrap_or_else(PoisonError::into_inner)
            && *of == loaded
        {
            return Ok(cipher.clone());
        }
        self.keys.register(self.context, std::ptr::from_ref(self).addr())?;
        let ring = self.keys.ring().ok_or_else(|| SecretsError::no_keys(self.context))?;
        let cipher = ring.cipher(self.context)?.padded(self.padding);
        if self.first.set((loaded, cipher.clone())).is_err() {
            *self.later.write().unwrap_or_else(PoisonError::into_inner) = Some((loaded, cipher.clone()));
        }
        Ok(cipher)
    }
}

impl fmt::Debug for EncryptedColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EncryptedColumn")
            .field("context", &self.context)
            .field("padding", &self.padding)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::KeyRing;

    static KEYS: KeySlot = KeySlot::new();
    static PHONE: EncryptedColumn = EncryptedColumn::new(&KEYS, "patients.phone");

    #[test]
    fn it_follows_its_slot_from_ring_to_ring() {
        let rings: Vec<KeyRing> = (0..3).map(|_| KeyRing::generate().unwrap()).collect();
        let cell = |ring: &KeyRing| {
            let envelope = ring.cipher("patients.phone").unwrap().seal("patient_1", b"+49 30 1234").unwrap();
            Encrypted::<String>::from_envelope(envelope)
        };
        let reads = |ring| PHONE.decrypt("patient_1", cell(ring)).is_ok();
        let fresh = |ring: &KeyRing| {
            let value = Secret::new("+49 30 1234".to_owned());
            let cell: Encrypted<String> = PHONE.encrypt("patient_1", &value);
            ring.cipher("patients.phone").unwrap().decrypt("patient_1", cell).is_ok()
        };
        assert!(!reads(&rings[0]) && !fresh(&rings[0]));
        for loaded in [0, 1, 2, 0] {
            KEYS.load(rings[loaded].clone());
            for _ in 0..2 {
                for (at, ring) in rings.iter().enumerate() {
                    assert_eq!(reads(ring), at == loaded, "ring {at}, while {loaded} is loaded");
                }
                assert!(fresh(&rings[loaded]));
            }
        }
    }
}
