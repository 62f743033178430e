//! Finding a row by an encrypted value: a keyed hash in a column of its own.

use std::fmt;

use ring::hmac;
use underpin_core::{CellError, Cells, ColumnType, Encoder, Value};
use zeroize::Zeroizing;

use crate::prepared::Prepared;
use crate::{KeyState, RootKey, SecretsError, derive};

/// Makes the hashes by which rows are found whose value is encrypted. Made by
/// [`KeyRing::blind_index`](crate::KeyRing::blind_index).
///
/// Whoever has the database sees which rows have the same value, and how often. So it is for values that are many and
/// rarely the same, such as addresses, never for a date of birth or a number of four digits.
///
/// ```
/// use underpin_secrets::{KeyRing, normalise};
///
/// let index = KeyRing::generate()?.blind_index("patients.email", normalise::lower_case)?;
/// assert_eq!(index.of("Ana@example.org "), index.of("ana@example.org"));
/// # Ok::<(), underpin_secrets::SecretsError>(())
/// ```
pub struct BlindIndex {
    context: Box<str>,
    normalise: fn(&str) -> String,
    /// That of the primary key first.
    keys: Vec<Prepared<hmac::Key>>,
}

/// A hash of a [`BlindIndex`], 16 bytes: the type of its column.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlindHash([u8; 16]);

impl BlindIndex {
    pub(crate) fn derive<'k>(
        context: &str,
        normalise: fn(&str) -> String,
        ring: impl Iterator<Item = (u32, KeyState, &'k RootKey)>,
    ) -> Result<Self, SecretsError> {
        let mut live: Vec<_> = ring.filter(|(_, state, _)| *state != KeyState::Retired).collect();
        live.sort_by_key(|(_, state, _)| *state != KeyState::Primary);
        let keys = live.into_iter().map(|(_, _, root)| derive::blind_index(root, context));
        Ok(Self { context: context.into(), normalise, keys: keys.collect::<Result<_, _>>()? })
    }

    /// The hash of a value under the primary key: what is written.
    #[must_use]
    pub fn of(&self, value: &str) -> BlindHash {
        let value = Zeroizing::new((self.normalise)(value));
        Self::hash(&self.keys[0], &value)
    }

    /// The hashes of a value under every key that rows may have been written with: what is asked for, by
    /// `UserRow::EMAIL_HASH.is_in(index.all_of(email))`.
    #[must_use]
    pub fn all_of(&self, value: &str) -> Vec<BlindHash> {
        let value = Zeroizing::new((self.normalise)(value));
        self.keys.iter().map(|key| Self::hash(key, &value)).collect()
    }

    fn hash(key: &hmac::Key, value: &str) -> BlindHash {
        let mut hash = [0; 16];
        hash.copy_from_slice(&hmac::sign(key, value.as_bytes()).as_ref()[..16]);
        BlindHash(hash)
    }
}

impl fmt::Debug for BlindIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlindIndex").field("context", &self.context).finish_non_exhaustive()
    }
}

impl fmt::Debug for BlindHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BlindHash(..)")
    }
}

impl Value for BlindHash {
    const TYPE: ColumnType = ColumnType::Bytes;

    fn encode(&self, out: &mut dyn Encoder) -> Result<(), CellError> {
        out.bytes(&self.0)
    }

    fn decode(cells: &dyn Cells, position: usize) -> Result<Self, CellError> {
        let hash = cells.bytes(position)?.try_into();
        hash.map(Self).map_err(|_| CellError::Malformed("a blind hash of 16 bytes"))
    }

    fn same(&self, other: &Self) -> bool {
        self == other
    }
}

/// What two texts have in common that are found as the same value.
pub mod normalise {
    /// Nothing is changed.
    #[must_use]
    pub fn exact(text: &str) -> String {
        text.to_owned()
    }

    /// White space around the text is left out, and letters are small ones: for email addresses. Letters that Unicode can
    /// write in two ways stay as they are.
    #[must_use]
    pub fn lower_case(text: &str) -> String {
        text.trim().to_lowercase()
    }

    /// Only digits are left, and a plus sign in front of them: for numbers of telephones and accounts.
    #[must_use]
    pub fn digits(text: &str) -> String {
        let text = text.trim();
        // As long as it can become, so that it leaves no part of it behind by growing.
        let mut number = String::with_capacity(text.len());
        number.extend(text.starts_with('+').then_some('+'));
        number.extend(text.chars().filter(char::is_ascii_digit));
        number
    }
}

#[cfg(test)]
mod tests {
    use super::normalise;
    use crate::KeyRing;

    #[test]
    fn it_is_the_keyed_hash_of_the_normalised_text() {
        let ring = KeyRing::generate().unwrap();
        let index = ring.blind_index("patients.email", normalise::lower_case).unwrap();
        assert_eq!(index.of(" Ana@Example.org"), index.of("ana@example.org"));
        assert_ne!(index.of("ana@example.org"), index.of("ben@example.org"));
        let other = ring.blind_index("patients.mail", normalise::lower_case).unwrap();
        assert_ne!(index.of("ana@example.org"), other.of("ana@example.org"));
        assert!(!format!("{index:?} {:?}", index.of("a")).contains("ana"));
    }

    #[test]
    fn what_was_written_with_an_older_key_is_found() {
        let old = KeyRing::generate().unwrap();
        let ring = old.with_new_key().unwrap();
        let new = ring.promote(2).unwrap();
        let index = |ring: &KeyRing| ring.blind_index("a.b", normalise::exact).unwrap();
        let (before, after) = (index(&old), index(&new));
        assert_ne!(before.of("x"), after.of("x"));
        assert_eq!(after.all_of("x"), [after.of("x"), before.of("x")]);
        assert_eq!(index(&new.retire(1).unwrap()).all_of("x"), [after.of("x")]);
    }

    #[test]
    fn normal_forms() {
        assert_eq!(normalise::lower_case("\t ÄNA@b.C "), "äna@b.c");
        assert_eq!(normalise::digits(" +49 (30) 12-34 "), "+49301234");
        assert_eq!(normalise::digits("12 34"), "1234");
        assert_eq!(normalise::digits("+49 30 1234567890").capacity(), 17, "it has not grown");
        assert_eq!(normalise::exact(" a "), " a ");
    }
}
