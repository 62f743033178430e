//! The type of an encrypted column.

mod form;
mod fresh;
mod value;

use std::fmt;
use std::marker::PhantomData;

use zeroize::Zeroizing;

use crate::{Cipher, RowId, SecretsError};

pub use form::{Base64, Binary, Form};
pub(crate) use fresh::Fresh;

/// A column that holds a `T` encrypted: BYTEA or BLOB, or with [`Base64`] text.
///
/// A row has it where the entity has the plain value. [`Cipher::encrypt`](crate::Cipher::encrypt) makes it in `to_row`, and
/// [`Cipher::decrypt`](crate::Cipher::decrypt) takes it in `from_row`. A value that is what the row holds already is no
/// change, although it would be encrypted to other bytes.
pub struct Encrypted<T, F: Form = Binary> {
    state: State,
    of: PhantomData<fn() -> (T, F)>,
}

/// An encrypted column that is text, in base64.
pub type EncryptedText<T> = Encrypted<T, Base64>;

#[derive(Clone)]
enum State {
    /// As it is stored.
    Sealed(Vec<u8>),
    /// To be encrypted when it is written.
    Fresh(Fresh),
    /// Made without keys: writing it is an error.
    Keyless,
}

impl<T, F: Form> Encrypted<T, F> {
    /// A cell that holds an envelope made by [`Cipher::seal`](crate::Cipher::seal).
    #[must_use]
    pub fn from_envelope(envelope: Vec<u8>) -> Self {
        Self::of(State::Sealed(envelope))
    }

    /// The envelope, if the cell was read from a database or made of one.
    #[must_use]
    pub fn envelope(&self) -> Option<&[u8]> {
        match &self.state {
            State::Sealed(envelope) => Some(envelope),
            State::Fresh(_) | State::Keyless => None,
        }
    }

    pub(crate) fn fresh(fresh: Fresh) -> Self {
        Self::of(State::Fresh(fresh))
    }

    pub(crate) fn keyless() -> Self {
        Self::of(State::Keyless)
    }

    #[inline]
    pub(crate) fn open(
        self,
        cipher: &Cipher,
        row: RowId<'_>,
    ) -> Result<(Zeroizing<Vec<u8>>, u32), SecretsError> {
        match self.state {
            State::Sealed(envelope) => cipher.open_for(row, &envelope),
            State::Fresh(fresh) => fresh.open(cipher, row),
            State::Keyless => Err(SecretsError::no_keys(cipher.context())),
        }
    }

    fn of(state: State) -> Self {
        Self { state, of: PhantomData }
    }
}

// Written out, for a derive would ask it of `T` as well.
impl<T, F: Form> Clone for Encrypted<T, F> {
    fn clone(&self) -> Self {
        Self::of(self.state.clone())
    }
}

/// Shows that there is something, and nothing of it: even encrypted it has no business in a log.
impl<T, F: Form> fmt::Debug for Encrypted<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Encrypted(..)")
    }
}
