//! A value on its way into a row: plain still, with all that is needed to encrypt it.

use zeroize::Zeroizing;

use crate::buffer::overwrite;
use crate::{Cipher, RowId, SecretsError};

/// A plain value, the row that it is for, and who encrypts it.
#[derive(Clone)]
pub(crate) struct Fresh {
    cipher: Cipher,
    /// What names the row, joined already, and the plain value.
    bytes: Box<[u8]>,
    /// Where the plain value begins.
    at: usize,
}

impl Fresh {
    pub(crate) fn new(cipher: Cipher, row: RowId<'_>, plain: &[u8]) -> Self {
        let at = row.len();
        let mut bytes = Vec::with_capacity(at + plain.len());
        row.append_to(&mut bytes);
        bytes.extend_from_slice(plain);
        // It has the length that it was made for, so that it stays where it is.
        Self { cipher, bytes: bytes.into_boxed_slice(), at }
    }

    fn row(&self) -> &[u8] {
        &self.bytes[..self.at]
    }

    fn plain(&self) -> &[u8] {
        &self.bytes[self.at..]
    }

    /// Encrypts it for the row, to other bytes each time, and lends the envelope.
    pub(crate) fn seal<R>(&self, lend: impl FnOnce(&[u8]) -> R) -> Result<R, &'static str> {
        let cipher = &self.cipher;
        cipher
            .keys()
            .seal(cipher.padding(), self.row().into(), self.plain(), lend)
            .map_err(|error| self.told(&error))
    }

    /// Whether a stored envelope holds the same value for the same row.
    pub(crate) fn is_in(&self, envelope: &[u8]) -> bool {
        // One that cannot be read is replaced, which is what whoever saves the value wants.
        let opened = self.cipher.open_for(self.row().into(), envelope);
        opened.is_ok_and(|(plain, _)| *plain == self.plain())
    }

    /// Whether both would be written for the same row of the same column, and hold the same.
    pub(crate) fn is_as(&self, other: &Self) -> bool {
        self.is_for(&other.cipher, other.row()) && self.plain() == other.plain()
    }

    /// The value, for whoever could read it once it is written.
    pub(crate) fn open(
        &self,
        cipher: &Cipher,
        row: RowId<'_>,
    ) -> Result<(Zeroizing<Vec<u8>>, u32), SecretsError> {
        let mut joined = Vec::with_capacity(row.len());
        row.append_to(&mut joined);
        let key_id = cipher.primary_key();
        if !self.is_for(cipher, &joined) {
            return Err(SecretsError::refused(cipher.context(), key_id));
        }
        Ok((Zeroizing::new(self.plain().to_vec()), key_id))
    }

    fn is_for(&self, cipher: &Cipher, row: &[u8]) -> bool {
        self.cipher.context() == cipher.context() && self.row() == row
    }

    fn told(&self, error: &SecretsError) -> &'static str {
        tracing::error!(context = self.cipher.context(), %error, hint = error.hint(), "a value cannot be encrypted");
        error.summary()
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        overwrite(&mut self.bytes[self.at..]);
    }
}
