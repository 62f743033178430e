//! A root key: 32 random bytes, from which the keys of columns are derived.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use crate::{Secret, SecretsError, random};

/// A root key. It is never used directly, not printed, and overwritten when it is dropped.
// In a box, so that moving it leaves no copy behind.
pub struct RootKey(Box<Zeroizing<[u8; Self::LEN]>>);

impl RootKey {
    /// How many bytes it has.
    pub const LEN: usize = 32;

    /// A new one.
    ///
    /// # Errors
    /// If the operating system has no random bytes to give.
    pub fn generate() -> Result<Self, SecretsError> {
        let mut key = Self(Box::new(Zeroizing::new([0; Self::LEN])));
        random::fill(&mut key.0[..])?;
        Ok(key)
    }

    /// Takes the bytes of one. They must be random: a password, or what is made of one, is none.
    ///
    /// # Errors
    /// If they are not 32, or all the same.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SecretsError> {
        let mut key = Self(Box::new(Zeroizing::new([0; Self::LEN])));
        if bytes.len() != Self::LEN || bytes.iter().all(|byte| *byte == bytes[0]) {
            return Err(SecretsError::usage(
                "a root key is 32 random bytes",
                "make one with `underpin secrets keygen`, or with `openssl rand -base64 32`",
            ));
        }
        key.0.copy_from_slice(bytes);
        Ok(key)
    }

    /// The bytes, for whoever keeps or wraps them.
    #[must_use]
    pub fn expose(&self) -> &[u8; Self::LEN] {
        &self.0
    }

    pub(crate) fn from_base64(text: &str) -> Result<Self, SecretsError> {
        // Longer text than that of 32 bytes cannot be one; so the buffer is never too small, nor does it grow.
        let mut bytes = Zeroizing::new([0; 48]);
        match STANDARD.decode_slice(text, &mut bytes[..]) {
            Ok(len) => Self::from_bytes(&bytes[..len]),
            Err(_) => Self::from_bytes(&[]),
        }
    }

    pub(crate) fn to_base64(&self) -> Secret<String> {
        Secret::new(STANDARD.encode(self.expose()))
    }

    pub(crate) fn duplicate(&self) -> Self {
        // Not by `clone`, which may pass the key over the stack.
        let mut key = Self(Box::new(Zeroizing::new([0; Self::LEN])));
        key.0.copy_from_slice(self.expose());
        key
    }

    pub(crate) fn is(&self, other: &Self) -> bool {
        // No early end: how long it takes says nothing about where they differ.
        self.0.iter().zip(other.0.iter()).fold(0, |differing, (a, b)| differing | (a ^ b)) == 0
    }
}

impl fmt::Debug for RootKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RootKey(redacted)")
    }
}
