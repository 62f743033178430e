//! What is stored: version, algorithm, key id, nonce, ciphertext, tag, in this order and at fixed places.
//!
//! | offset | bytes | field | value |
//! |---|---|---|---|
//! | 0 | 1 | format version | 1 |
//! | 1 | 1 | algorithm | 1: AES-256-GCM; 2 (XAES-256-GCM) and 3 (AES-256-GCM-SIV) are reserved |
//! | 2 | 4 | key id | big endian; 0 is invalid |
//! | 6 | 12 | nonce | another one for each value, see decision 007; a reader takes it as it is |
//! | 18 | n | ciphertext | as long as the plain value with its padding |
//! | 18 + n | 16 | tag | never shorter |
//!
//! `tests/golden.rs` and `tests/golden.py` hold it to that.

use std::fmt;

pub(crate) const HEADER: usize = 6;
pub(crate) const NONCE: usize = 12;
pub(crate) const TAG: usize = 16;
pub(crate) const BODY: usize = HEADER + NONCE;

const VERSION: u8 = 1;
const AES_256_GCM: u8 = 1;

/// A sealed value as it is stored, looked at without a key.
///
/// ```
/// use underpin_secrets::{Envelope, KeyRing};
///
/// let cipher = KeyRing::generate()?.cipher("patients.phone")?;
/// let sealed = cipher.seal("patient_1", b"+49 30 1234")?;
/// assert_eq!(sealed.len(), 11 + Envelope::OVERHEAD);
/// assert_eq!(Envelope::parse(&sealed).map(|envelope| envelope.key_id()).ok(), Some(1));
/// # Ok::<(), underpin_secrets::SecretsError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Envelope<'a> {
    bytes: &'a [u8],
}

/// Why bytes are no envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Malformed {
    /// Fewer bytes than an empty value has.
    Short,
    /// A version that this program does not know.
    Version(u8),
    /// An algorithm that this program does not know.
    Algorithm(u8),
    /// The key id 0.
    KeyZero,
}

impl<'a> Envelope<'a> {
    /// Bytes that a sealed value has more than the plain one, before padding.
    pub const OVERHEAD: usize = BODY + TAG;

    /// Looks at the stored bytes.
    ///
    /// # Errors
    /// If they are no envelope that this version of the program can read.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Malformed> {
        if bytes.len() < Self::OVERHEAD {
            return Err(Malformed::Short);
        }
        if bytes[0] != VERSION {
            return Err(Malformed::Version(bytes[0]));
        }
        if bytes[1] != AES_256_GCM {
            return Err(Malformed::Algorithm(bytes[1]));
        }
        let envelope = Self { bytes };
        if envelope.key_id() == 0 { Err(Malformed::KeyZero) } else { Ok(envelope) }
    }

    /// The key that it was sealed with.
    #[must_use]
    pub fn key_id(&self) -> u32 {
        u32::from_be_bytes([self.bytes[2], self.bytes[3], self.bytes[4], self.bytes[5]])
    }

    /// The first six bytes of every value that is sealed with a key; in base64 they are the first eight characters.
    #[must_use]
    pub fn prefix(key_id: u32) -> [u8; HEADER] {
        let [a, b, c, d] = key_id.to_be_bytes();
        [VERSION, AES_256_GCM, a, b, c, d]
    }

    pub(crate) fn nonce(&self) -> [u8; NONCE] {
        let mut nonce = [0; NONCE];
        nonce.copy_from_slice(&self.bytes[HEADER..BODY]);
        nonce
    }

    pub(crate) fn ciphertext(&self) -> &'a [u8] {
        &self.bytes[BODY..self.bytes.len() - TAG]
    }

    pub(crate) fn tag(&self) -> [u8; TAG] {
        let mut tag = [0; TAG];
        tag.copy_from_slice(&self.bytes[self.bytes.len() - TAG..]);
        tag
    }
}

/// Shows the key and the length, nothing of the value.
impl fmt::Debug for Envelope<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Envelope")
            .field("key_id", &self.key_id())
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Short => write!(f, "it has fewer than {} bytes", Envelope::OVERHEAD),
            Self::Version(version) => write!(f, "its format version is {version}, not {VERSION}"),
            Self::Algorithm(algorithm) => write!(f, "its algorithm is {algorithm}, not {AES_256_GCM}"),
            Self::KeyZero => f.write_str("its key id is 0"),
        }
    }
}

impl std::error::Error for Malformed {}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(header: [u8; HEADER], len: usize) -> Vec<u8> {
        let mut bytes = vec![0; len];
        bytes[..HEADER].copy_from_slice(&header);
        bytes
    }

    #[test]
    fn each_fault_is_told_apart() {
        let good = Envelope::prefix(7);
        assert_eq!(good, [1, 1, 0, 0, 0, 7]);
        assert_eq!(Envelope::parse(&bytes(good, 34)).map(|envelope| envelope.key_id()), Ok(7));
        for len in HEADER..34 {
            assert_eq!(Envelope::parse(&bytes(good, len)).err(), Some(Malformed::Short));
        }
        assert_eq!(Envelope::parse(&[]).err(), Some(Malformed::Short));
        let refused = |header| Envelope::parse(&bytes(header, 34)).err();
        assert_eq!(refused([0, 1, 0, 0, 0, 7]), Some(Malformed::Version(0)));
        assert_eq!(refused([1, 2, 0, 0, 0, 7]), Some(Malformed::Algorithm(2)));
        assert_eq!(refused([1, 1, 0, 0, 0, 0]), Some(Malformed::KeyZero));
    }

    #[test]
    fn the_prefix_is_eight_characters_of_base64() {
        use base64::Engine as _;
        let encode = |bytes: &[u8]| base64::engine::general_purpose::STANDARD.encode(bytes);
        let whole = encode(&bytes(Envelope::prefix(0x0102_0304), 40));
        assert_eq!(whole[..8], encode(&Envelope::prefix(0x0102_0304)));
    }
}
