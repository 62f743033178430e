//! From a root key to the keys of one column: HKDF with SHA-256 (RFC 5869).

use ring::{aead, hkdf, hmac};
use zeroize::{Zeroizing, zeroize_stack};

use crate::prepared::Prepared;
use crate::row_id::length;
use crate::{RootKey, SecretsError};

const SALT: &[u8] = b"tk-secrets-1";

/// For encrypting a column.
pub(crate) const ENCRYPT: &str = "enc";
/// For choosing nonces.
const NONCES: &str = "nonce";
/// For finding rows by an encrypted value.
pub(crate) const BLIND_INDEX: &str = "bidx";

/// More of the stack than a derivation takes, also in a build without optimization.
const STACK: usize = 16 * 1024;

/// `HKDF(root, "tk-secrets-1", purpose ‖ u16 length ‖ context)`, 32 bytes.
pub(crate) fn derive(
    root: &RootKey,
    purpose: &str,
    context: &str,
) -> Result<Zeroizing<[u8; 32]>, SecretsError> {
    expand(root, &[purpose.as_bytes(), &length(context.len())?, context.as_bytes()])
}

/// What chooses the nonces of a column: the same with `seed` at the end.
pub(crate) fn nonces<R>(
    root: &RootKey,
    context: &str,
    seed: &[u8; 32],
    prepare: impl FnOnce(&[u8; 32]) -> R,
) -> Result<R, SecretsError> {
    leaving_nothing(|| {
        let info = &[NONCES.as_bytes(), &length(context.len())?, context.as_bytes(), seed];
        Ok(prepare(&*expand(root, info)?))
    })
}

fn expand(root: &RootKey, info: &[&[u8]]) -> Result<Zeroizing<[u8; 32]>, SecretsError> {
    let mut key = Zeroizing::new([0; 32]);
    hkdf::Salt::new(hkdf::HKDF_SHA256, SALT)
        .extract(root.expose())
        .expand(info, hkdf::HKDF_SHA256)
        .and_then(|okm| okm.fill(&mut key[..]))
        .map_err(|_| SecretsError::primitive())?;
    Ok(key)
}

pub(crate) fn encryption(root: &RootKey, context: &str) -> Result<Prepared<aead::LessSafeKey>, SecretsError> {
    leaving_nothing(|| {
        let key = derive(root, ENCRYPT, context)?;
        let key =
            aead::UnboundKey::new(&aead::AES_256_GCM, &key[..]).map_err(|_| SecretsError::primitive())?;
        Ok(Prepared::new(aead::LessSafeKey::new(key)))
    })
}

pub(crate) fn blind_index(root: &RootKey, context: &str) -> Result<Prepared<hmac::Key>, SecretsError> {
    leaving_nothing(|| {
        let key = derive(root, BLIND_INDEX, context)?;
        Ok(Prepared::new(hmac::Key::new(hmac::HMAC_SHA256, &key[..])))
    })
}

/// Overwrites what a derivation leaves on the stack: keys that were moved, and what `ring` makes of them.
fn leaving_nothing<R>(derive: impl FnOnce() -> Result<R, SecretsError>) -> Result<R, SecretsError> {
    let derived = below(derive);
    zeroize_stack::<STACK>();
    derived
}

/// On a part of the stack of its own.
#[inline(never)]
fn below<R>(derive: impl FnOnce() -> R) -> R {
    derive()
}
