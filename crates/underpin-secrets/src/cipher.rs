//! Encrypting and decrypting the values of one column.

use std::fmt;
use std::sync::Arc;

use zeroize::Zeroizing;

use crate::column_keys::ColumnKeys;
use crate::encrypted::Fresh;
use crate::{Encrypted, Envelope, Form, Padding, RowId, Sealable, Secret, SecretsError};

/// Encrypts and decrypts the values of one column with the keys of one ring. Cheap to clone; made by
/// [`KeyRing::cipher`](crate::KeyRing::cipher), or behind an [`EncryptedColumn`](crate::EncryptedColumn).
#[derive(Clone)]
pub struct Cipher {
    keys: Arc<ColumnKeys>,
    padding: Padding,
}

impl Cipher {
    pub(crate) fn new(keys: Arc<ColumnKeys>) -> Self {
        Self { keys, padding: Padding::None }
    }

    /// The same, with values filled up so that their length does not show.
    #[must_use]
    pub fn padded(mut self, padding: Padding) -> Self {
        self.padding = padding;
        self
    }

    /// The column's name in what is authenticated.
    #[must_use]
    pub fn context(&self) -> &str {
        self.keys.context()
    }

    /// The key that encrypts.
    #[must_use]
    pub fn primary_key(&self) -> u32 {
        self.keys.primary()
    }

    /// How many values of this column the primary key has encrypted, as far as this process knows.
    #[must_use]
    pub fn written(&self) -> u64 {
        self.keys.budget().taken()
    }

    /// Counts what others have written with the primary key towards the 2^32 values that it may encrypt.
    pub fn count_others(&self, written: u64) {
        self.keys.budget().add(written);
    }

    /// The cell of a row for a value: it is encrypted when the row is written, and not if it is what the row holds
    /// already. What then fails is an error of the flush that names the column.
    #[must_use]
    pub fn encrypt<'a, T: Sealable, F: Form>(
        &self,
        row: impl Into<RowId<'a>>,
        value: &Secret<T>,
    ) -> Encrypted<T, F> {
        Encrypted::fresh(Fresh::new(self.clone(), row.into(), value.expose().plain()))
    }

    /// The value of a cell.
    ///
    /// # Errors
    /// If it was altered, or written for another row or column or with a key that is not to be had.
    pub fn decrypt<'a, T: Sealable, F: Form>(
        &self,
        row: impl Into<RowId<'a>>,
        cell: Encrypted<T, F>,
    ) -> Result<Secret<T>, SecretsError> {
        let (plain, key_id) = cell.open(self, row.into())?;
        let unfit =
            || SecretsError::unfit(self.context(), key_id, "the plain value is not of the field's type");
        T::from_plain(plain).map(Secret::new).ok_or_else(unfit)
    }

    /// Encrypts bytes for a row: an [`Envelope`].
    ///
    /// # Errors
    /// If the row has no name, or the key has encrypted as many values as it may.
    pub fn seal<'a>(&self, row: impl Into<RowId<'a>>, plain: &[u8]) -> Result<Vec<u8>, SecretsError> {
        self.seal_for(row.into(), plain)
    }

    /// Decrypts an envelope.
    ///
    /// # Errors
    /// If it was altered, or written for another row or column or with a key that is not to be had.
    pub fn open<'a>(
        &self,
        row: impl Into<RowId<'a>>,
        envelope: Vec<u8>,
    ) -> Result<Zeroizing<Vec<u8>>, SecretsError> {
        self.open_for(row.into(), &envelope).map(|(plain, _)| plain)
    }

    /// The envelope under the primary key, or `None` if it is that already. What rotation is made of.
    ///
    /// # Errors
    /// Those of [`open`](Self::open) and [`seal`](Self::seal).
    pub fn reseal<'a>(
        &self,
        row: impl Into<RowId<'a>>,
        envelope: &[u8],
    ) -> Result<Option<Vec<u8>>, SecretsError> {
        if envelope.starts_with(&Envelope::prefix(self.primary_key())) {
            return Ok(None);
        }
        let row = row.into();
        let (plain, _) = self.open_for(row, envelope)?;
        self.seal_for(row, &plain).map(Some)
    }

    pub(crate) fn keys(&self) -> &ColumnKeys {
        &self.keys
    }

    pub(crate) fn padding(&self) -> Padding {
        self.padding
    }

    fn seal_for(&self, row: RowId<'_>, plain: &[u8]) -> Result<Vec<u8>, SecretsError> {
        self.keys.seal(self.padding, row, plain, <[u8]>::to_vec)
    }

    /// The plain bytes, and the key that they were sealed with.
    #[inline]
    pub(crate) fn open_for(
        &self,
        row: RowId<'_>,
        envelope: &[u8],
    ) -> Result<(Zeroizing<Vec<u8>>, u32), SecretsError> {
        self.keys.open(self.padding, row, envelope)
    }
}

/// Shows the column and the keys by their ids.
impl fmt::Debug for Cipher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cipher")
            .field("context", &self.context())
            .field("keys", &self.keys.ids().collect::<Vec<_>>())
            .field("primary", &self.primary_key())
            .field("padding", &self.padding)
            .finish_non_exhaustive()
    }
}
