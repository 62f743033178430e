//! The keys of one column, and what they do to one value.

use ring::aead::{Aad, LessSafeKey, Nonce};
use zeroize::{Zeroize as _, Zeroizing};

use crate::budget::NonceBudget;
use crate::envelope::{BODY, HEADER, NONCE, TAG};
use crate::nonce::Nonces;
use crate::prepared::Prepared;
use crate::{Envelope, KeyState, Padding, RootKey, RowId, SecretsError, aad, buffer, derive};

/// What the nonce is made of besides what the cipher is given: the count, and the length of the value.
const COUNTED: usize = 16;

/// The keys of one column, derived once.
#[cfg_attr(test, derive(Clone))]
pub(crate) struct ColumnKeys {
    context: Box<str>,
    keys: Vec<ColumnKey>,
    primary: usize,
    nonces: Nonces,
}

#[cfg_attr(test, derive(Clone))]
struct ColumnKey {
    id: u32,
    is_retired: bool,
    key: Prepared<LessSafeKey>,
    aad: Box<[u8]>,
    budget: NonceBudget,
}

impl ColumnKeys {
    pub(crate) fn derive<'k>(
        context: &str,
        ring: impl Iterator<Item = (u32, KeyState, &'k RootKey)>,
    ) -> Result<Self, SecretsError> {
        let (mut keys, mut primary) = (Vec::new(), None);
        for (id, state, root) in ring {
            if state == KeyState::Primary {
                primary = Some((keys.len(), Nonces::new(root, context)?));
            }
            keys.push(ColumnKey {
                id,
                is_retired: state == KeyState::Retired,
                key: derive::encryption(root, context)?,
                aad: aad::prefix(Envelope::prefix(id), context)?,
                budget: NonceBudget::new(),
            });
        }
        // A ring has one.
        let (primary, nonces) = primary.ok_or_else(SecretsError::primitive)?;
        Ok(Self { context: context.into(), keys, primary, nonces })
    }

    pub(crate) fn context(&self) -> &str {
        &self.context
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = u32> {
        self.keys.iter().map(|key| key.id)
    }

    pub(crate) fn primary(&self) -> u32 {
        self.keys[self.primary].id
    }

    /// What counts the values of the primary key.
    pub(crate) fn budget(&self) -> &NonceBudget {
        &self.keys[self.primary].budget
    }

    /// Encrypts a value and lends the envelope.
    pub(crate) fn seal<R>(
        &self,
        padding: Padding,
        row: RowId<'_>,
        plain: &[u8],
        lend: impl FnOnce(&[u8]) -> R,
    ) -> Result<R, SecretsError> {
        self.seal_with(|given| self.nonces.of(given), padding, (row, plain), lend)
    }

    /// Each nonce must be used once; only tests of the format choose one.
    pub(crate) fn seal_with<R>(
        &self,
        nonce: impl FnOnce(&[u8]) -> Result<[u8; NONCE], SecretsError>,
        padding: Padding,
        (row, plain): (RowId<'_>, &[u8]),
        lend: impl FnOnce(&[u8]) -> R,
    ) -> Result<R, SecretsError> {
        let key = &self.keys[self.primary];
        let at = COUNTED + aad::len(&key.aad, row)?;
        let padded = padding.padded(plain.len());
        let count = key.budget.take(&self.context, key.id)?;
        buffer::with(at + padded + TAG, |buffer| {
            let (given, tag) = buffer.split_at_mut(at + padded);
            let (before, value) = given.split_at_mut(at);
            let (counted, aad) = before.split_at_mut(COUNTED);
            counted[..8].copy_from_slice(&count.to_be_bytes());
            counted[8..].copy_from_slice(&(padded as u64).to_be_bytes());
            aad::write(&key.aad, row, aad);
            padding.fill(plain, value);
            let nonce = nonce(given).inspect_err(|_| given[at..].zeroize())?;
            let (before, value) = given.split_at_mut(at);
            let aad = Aad::from(&before[COUNTED..]);
            let sealed = key.key.seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), aad, value);
            match sealed {
                Ok(sealed) => tag.copy_from_slice(sealed.as_ref()),
                Err(_) => {
                    value.zeroize();
                    return Err(SecretsError::primitive());
                }
            }
            // What stands before the value has done its duty: its end, which is long enough, becomes the head of the envelope.
            let head = &mut before[at - BODY..];
            head[..HEADER].copy_from_slice(&Envelope::prefix(key.id));
            head[HEADER..].copy_from_slice(&nonce);
            Ok(lend(&buffer[at - BODY..]))
        })
    }

    /// The plain bytes, in memory of just their size, and the key that they were sealed with.
    // Inlined, with all that is given a row or gives a value: passed through memory, they are written in words and read back
    // in pairs of words, which the processor waits for.
    #[inline]
    pub(crate) fn open(
        &self,
        padding: Padding,
        row: RowId<'_>,
        envelope: &[u8],
    ) -> Result<(Zeroizing<Vec<u8>>, u32), SecretsError> {
        let context = &*self.context;
        let envelope = Envelope::parse(envelope).map_err(|why| SecretsError::malformed(context, why))?;
        let id = envelope.key_id();
        let key = self.reading(id)?;
        let aad_len = aad::len(&key.aad, row)?;
        // From here on it may hold plain bytes, whatever happens.
        let mut bytes = Zeroizing::new(envelope.ciphertext().to_vec());
        let nonce = Nonce::assume_unique_for_key(envelope.nonce());
        let opened = buffer::with(aad_len, |aad| {
            aad::write(&key.aad, row, aad);
            key.key
                .open_in_place_separate_tag(nonce, Aad::from(aad), envelope.tag().into(), &mut bytes, 0..)
                .is_ok()
        });
        if !opened {
            return Err(SecretsError::refused(context, id));
        }
        match padding.strip(&bytes) {
            Some(len) => bytes.truncate(len),
            None => {
                return Err(SecretsError::unfit(context, id, "the plain value has not the column's padding"));
            }
        }
        Ok((bytes, id))
    }

    /// The key of an envelope, if it may decrypt.
    fn reading(&self, id: u32) -> Result<&ColumnKey, SecretsError> {
        match self.keys.iter().find(|key| key.id == id) {
            Some(key) if key.is_retired => Err(SecretsError::retired_key(&self.context, id)),
            Some(key) => Ok(key),
            None => Err(SecretsError::unknown_key(&self.context, id)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root() -> RootKey {
        RootKey::from_bytes(&std::array::from_fn::<_, 32, _>(|at| u8::try_from(at).unwrap())).unwrap()
    }

    fn keys() -> ColumnKeys {
        ColumnKeys::derive("patients.phone", [(1, KeyState::Primary, &root())].into_iter()).unwrap()
    }

    fn seal(keys: &ColumnKeys, padding: Padding, row: &str, plain: &[u8]) -> Vec<u8> {
        keys.seal(padding, row.into(), plain, <[u8]>::to_vec).unwrap()
    }

    fn nonce(envelope: &[u8]) -> &[u8] {
        &envelope[HEADER..BODY]
    }

    #[test]
    fn a_copy_of_the_process_that_writes_the_same_writes_the_same_envelope() {
        let process = keys();
        for step in 0..100_usize {
            let copy = process.clone();
            let (row, plain) = (format!("patient_{step}"), vec![7; step]);
            let ours = seal(&process, Padding::To32, &row, &plain);
            assert_eq!(ours, seal(&copy, Padding::To32, &row, &plain));
            // From then on both count on, so that the next is another one even for the same value.
            let again =
                [seal(&process, Padding::To32, &row, &plain), seal(&copy, Padding::To32, &row, &plain)];
            assert_eq!(again[0], again[1]);
            assert_ne!(nonce(&ours), nonce(&again[0]));
        }
    }

    #[test]
    fn a_copy_of_the_process_that_writes_anything_else_takes_another_nonce() {
        // Each pair differs in what the cipher is given, in a way that a careless encoding would not tell apart.
        let values: [(Padding, &str, &[u8]); 10] = [
            (Padding::None, "patient_1", b"+49 30 1234"),
            (Padding::None, "patient_1", b"+49 30 1235"),
            (Padding::None, "patient_1", b"+49 30 1234\0"),
            (Padding::None, "patient_1+", b"49 30 1234"),
            (Padding::None, "patient_", b"1+49 30 1234"),
            (Padding::None, "patient_2", b"+49 30 1234"),
            (Padding::None, "patient_1", b""),
            (Padding::To16, "patient_1", b"+49 30 1234"),
            (Padding::To32, "patient_1", b"+49 30 1234"),
            (Padding::To64, "patient_1", b"+49 30 1234"),
        ];
        let process = keys();
        seal(&process, Padding::None, "patient_0", b"");
        let envelopes = values.map(|(padding, row, plain)| seal(&process.clone(), padding, row, plain));
        for (at, envelope) in envelopes.iter().enumerate() {
            for other in &envelopes[..at] {
                assert_ne!(nonce(envelope), nonce(other));
            }
        }
    }

    #[test]
    fn another_process_and_another_column_take_other_nonces() {
        let of = |keys: &ColumnKeys| nonce(&seal(keys, Padding::None, "patient_1", b"+49 30 1234")).to_vec();
        let other =
            ColumnKeys::derive("patients.fax", [(1, KeyState::Primary, &root())].into_iter()).unwrap();
        let nonces = [of(&keys()), of(&keys()), of(&other)];
        assert!(nonces[0] != nonces[1] && nonces[0] != nonces[2] && nonces[1] != nonces[2]);
    }

    #[test]
    fn long_values_come_back_too() {
        let keys = keys();
        for len in (0..1200).step_by(17).chain([100_000]) {
            let plain: Vec<u8> = (0..len).map(|at| (at % 251) as u8).collect();
            for padding in [Padding::None, Padding::To64] {
                let row = "r".repeat(1 + len / 3 % 700);
                let envelope = seal(&keys, padding, &row, &plain);
                assert_eq!(envelope.len(), Envelope::OVERHEAD + padding.padded(len));
                assert_eq!(*keys.open(padding, row.as_str().into(), &envelope).unwrap().0, plain);
            }
        }
    }
}
