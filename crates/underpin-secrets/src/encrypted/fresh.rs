//! A value on its way into a row: plain still, with all that is needed to encrypt it.

use zeroize::Zeroizing;

use crate::{Cipher, RowId, SecretsError};

/// A plain value, the row that it is for, and who encrypts it.
pub(crate) struct Fresh {
    cipher: Cipher,
    /// What names the row, joined already; the error of joining it is told when the value is written.
    row: Result<Vec<u8>, SecretsError>,
    plain: Zeroizing<Vec<u8>>,
}

impl Fresh {
    pub(crate) fn new(cipher: Cipher, row: RowId<'_>, plain: &[u8]) -> Self {
        let mut joined = Vec::with_capacity(row.len());
        let row = row.write(&mut joined).map(|()| joined);
        Self { cipher, row, plain: Zeroizing::new(plain.to_vec()) }
    }

    /// Encrypted for the row; to other bytes each time.
    pub(crate) fn seal(&self) -> Result<Vec<u8>, &'static str> {
        let sealed = match &self.row {
            Ok(row) => self.cipher.seal(row.as_slice(), &self.plain),
            Err(error) => return Err(self.told(error)),
        };
        sealed.map_err(|error| self.told(&error))
    }

    /// Whether a stored envelope holds the same value for the same row.
    pub(crate) fn is_in(&self, envelope: &[u8]) -> bool {
        let Ok(row) = &self.row else { return false };
        // One that cannot be read is replaced, which is what whoever saves the value wants.
        let opened = self.cipher.open_for(row.as_slice().into(), envelope.to_vec());
        opened.is_ok_and(|(plain, _)| plain == self.plain)
    }

    /// Whether both would be written for the same row of the same column, and hold the same.
    pub(crate) fn is_as(&self, other: &Self) -> bool {
        self.is_for(&other.cipher, other.row.as_deref().unwrap_or_default()) && self.plain == other.plain
    }

    /// The value, for whoever could read it once it is written.
    pub(crate) fn open(
        &self,
        cipher: &Cipher,
        row: RowId<'_>,
    ) -> Result<(Zeroizing<Vec<u8>>, u32), SecretsError> {
        let mut joined = Vec::with_capacity(row.len());
        row.write(&mut joined)?;
        let key_id = cipher.primary_key();
        if !self.is_for(cipher, &joined) {
            return Err(SecretsError::refused(cipher.context(), key_id));
        }
        Ok((self.plain.clone(), key_id))
    }

    fn is_for(&self, cipher: &Cipher, row: &[u8]) -> bool {
        self.cipher.context() == cipher.context() && self.row.as_ref().is_ok_and(|own| own == row)
    }

    fn told(&self, error: &SecretsError) -> &'static str {
        tracing::error!(context = self.cipher.context(), %error, hint = error.hint(), "a value cannot be encrypted");
        error.summary()
    }
}
