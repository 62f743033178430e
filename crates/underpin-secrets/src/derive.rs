//! From a root key to the keys of one column: HKDF with SHA-256 (RFC 5869).

use ring::{aead, hkdf, hmac};
use zeroize::Zeroizing;

use crate::row_id::length;
use crate::{RootKey, SecretsError};

const SALT: &[u8] = b"tk-secrets-1";

/// For encrypting a column.
pub(crate) const ENCRYPT: &str = "enc";
/// For choosing nonces.
const NONCES: &str = "nonce";
/// For finding rows by an encrypted value.
pub(crate) const BLIND_INDEX: &str = "bidx";

/// `HKDF(root, "tk-secrets-1", purpose ‖ u16 length ‖ context)`, 32 bytes.
pub(crate) fn derive(
    root: &RootKey,
    purpose: &str,
    context: &str,
) -> Result<Zeroizing<[u8; 32]>, SecretsError> {
    expand(root, &[purpose.as_bytes(), &length(context.len())?, context.as_bytes()])
}

/// The same with `seed` at the end.
pub(crate) fn nonces(
    root: &RootKey,
    context: &str,
    seed: &[u8; 32],
) -> Result<Zeroizing<[u8; 32]>, SecretsError> {
    expand(root, &[NONCES.as_bytes(), &length(context.len())?, context.as_bytes(), seed])
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

pub(crate) fn encryption(root: &RootKey, context: &str) -> Result<aead::LessSafeKey, SecretsError> {
    let key = derive(root, ENCRYPT, context)?;
    let key = aead::UnboundKey::new(&aead::AES_256_GCM, &key[..]).map_err(|_| SecretsError::primitive())?;
    Ok(aead::LessSafeKey::new(key))
}

pub(crate) fn blind_index(root: &RootKey, context: &str) -> Result<hmac::Key, SecretsError> {
    let key = derive(root, BLIND_INDEX, context)?;
    Ok(hmac::Key::new(hmac::HMAC_SHA256, &key[..]))
}
