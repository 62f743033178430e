//! Encrypting and decrypting the values of one column.

use std::fmt;
use std::sync::Arc;

use ring::aead::{Aad, LessSafeKey, Nonce};
use zeroize::Zeroizing;

use crate::budget::NonceBudget;
use crate::encrypted::Fresh;
use crate::envelope::{BODY, HEADER, NONCE};
use crate::{
    Encrypted, Envelope, Form, KeyState, Padding, RootKey, RowId, Sealable, Secret, SecretsError, aad,
    derive, random,
};

/// Encrypts and decrypts the values of one column with the keys of one ring. Cheap to clone; made by
/// [`KeyRing::cipher`](crate::KeyRing::cipher), or behind an [`EncryptedColumn`](crate::EncryptedColumn).
#[derive(Clone)]
pub struct Cipher {
    keys: Arc<ColumnKeys>,
    padding: Padding,
}

/// The keys of one column, derived once.
pub(crate) struct ColumnKeys {
    context: Box<str>,
    keys: Vec<ColumnKey>,
    primary: usize,
}

struct ColumnKey {
    id: u32,
    is_retired: bool,
    key: LessSafeKey,
    aad: Box<[u8]>,
    budget: NonceBudget,
}

impl ColumnKeys {
    pub(crate) fn derive<'k>(
        context: &str,
        ring: impl Iterator<Item = (u32, KeyState, &'k RootKey)>,
    ) -> Result<Self, SecretsError> {
        let (mut keys, mut primary) = (Vec::new(), 0);
        for (id, state, root) in ring {
            if state == KeyState::Primary {
                primary = keys.len();
            }
            keys.push(ColumnKey {
                id,
                is_retired: state == KeyState::Retired,
                key: derive::encryption(root, context)?,
                aad: aad::prefix(Envelope::prefix(id), context)?,
                budget: NonceBudget::new(),
            });
        }
        Ok(Self { context: context.into(), keys, primary })
    }

    fn primary(&self) -> &ColumnKey {
        &self.keys[self.primary]
    }
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
        &self.keys.context
    }

    /// The key that encrypts.
    #[must_use]
    pub fn primary_key(&self) -> u32 {
        self.keys.primary().id
    }

    /// How many values of this column the primary key has encrypted, as far as this process knows.
    #[must_use]
    pub fn written(&self) -> u64 {
        self.keys.primary().budget.taken()
    }

    /// Counts what others have written with the primary key towards the 2^32 values that it may encrypt.
    pub fn count_others(&self, written: u64) {
        self.keys.primary().budget.add(written);
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

    /// Decrypts an envelope. The buffer becomes that of the plain bytes.
    ///
    /// # Errors
    /// If it was altered, or written for another row or column or with a key that is not to be had.
    pub fn open<'a>(
        &self,
        row: impl Into<RowId<'a>>,
        envelope: Vec<u8>,
    ) -> Result<Zeroizing<Vec<u8>>, SecretsError> {
        self.open_for(row.into(), envelope).map(|(plain, _)| plain)
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
        let (plain, _) = self.open_for(row, envelope.to_vec())?;
        self.seal_for(row, &plain).map(Some)
    }

    fn seal_for(&self, row: RowId<'_>, plain: &[u8]) -> Result<Vec<u8>, SecretsError> {
        let mut nonce = [0; NONCE];
        random::fill(&mut nonce)?;
        self.seal_with(row, plain, nonce)
    }

    /// Each nonce must be used once; only tests of the format choose one.
    pub(crate) fn seal_with(
        &self,
        row: RowId<'_>,
        plain: &[u8],
        nonce: [u8; NONCE],
    ) -> Result<Vec<u8>, SecretsError> {
        let key = self.keys.primary();
        let aad = aad::whole(&key.aad, row)?;
        key.budget.take(self.context(), key.id)?;
        let padded = self.padding.padded(plain.len());
        let mut envelope = Vec::with_capacity(padded + Envelope::OVERHEAD);
        envelope.extend_from_slice(&Envelope::prefix(key.id));
        envelope.extend_from_slice(&nonce);
        envelope.extend_from_slice(plain);
        self.padding.fill(plain.len(), &mut envelope);
        let nonce = Nonce::assume_unique_for_key(nonce);
        let tag = key
            .key
            .seal_in_place_separate_tag(nonce, Aad::from(aad), &mut envelope[BODY..])
            .map_err(|_| SecretsError::primitive())?;
        envelope.extend_from_slice(tag.as_ref());
        Ok(envelope)
    }

    /// The plain bytes, and the key that they were sealed with.
    pub(crate) fn open_for(
        &self,
        row: RowId<'_>,
        envelope: Vec<u8>,
    ) -> Result<(Zeroizing<Vec<u8>>, u32), SecretsError> {
        let context = self.context();
        let (id, nonce) = match Envelope::parse(&envelope) {
            Ok(parsed) => (parsed.key_id(), parsed.nonce()),
            Err(why) => return Err(SecretsError::malformed(context, why)),
        };
        let Some(key) = self.keys.keys.iter().find(|key| key.id == id) else {
            return Err(SecretsError::unknown_key(context, id));
        };
        if key.is_retired {
            return Err(SecretsError::retired_key(context, id));
        }
        let aad = aad::whole(&key.aad, row)?;
        // From here on the buffer may hold plain bytes, whatever happens.
        let mut bytes = Zeroizing::new(envelope);
        let nonce = Nonce::assume_unique_for_key(nonce);
        let len = match key.key.open_within(nonce, Aad::from(aad), &mut bytes, BODY..) {
            Ok(plain) => self.padding.strip(plain),
            Err(_) => return Err(SecretsError::refused(context, id)),
        };
        match len {
            Some(len) => bytes.truncate(len),
            None => {
                return Err(SecretsError::unfit(context, id, "the plain value has not the column's padding"));
            }
        }
        Ok((bytes, id))
    }
}

/// Shows the column and the keys by their ids.
impl fmt::Debug for Cipher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cipher")
            .field("context", &self.context())
            .field("keys", &self.keys.keys.iter().map(|key| key.id).collect::<Vec<_>>())
            .field("primary", &self.primary_key())
            .field("padding", &self.padding)
            .finish_non_exhaustive()
    }
}

const _: () = assert!(HEADER + NONCE == BODY);
