//! Keys as the cipher's code has prepared them, overwritten when they are dropped.

use std::ops::Deref;

use ring::{aead, hmac};
use zeroize::optimization_barrier;

/// A prepared key. It has the key itself at its beginning, or what serves as well, and `ring` does not overwrite it.
// In a box, so that moving it leaves no copy behind.
#[cfg_attr(test, derive(Clone))]
pub(crate) struct Prepared<K: Blank>(Box<K>);

/// What another key can be put in the place of.
pub(crate) trait Blank: Sized {
    /// Prepared of zeros: as many bytes, in the same places.
    fn blank() -> Option<Self>;
}

impl Blank for aead::LessSafeKey {
    fn blank() -> Option<Self> {
        aead::UnboundKey::new(&aead::AES_256_GCM, &[0; 32]).ok().map(Self::new)
    }
}

impl Blank for hmac::Key {
    fn blank() -> Option<Self> {
        Some(Self::new(hmac::HMAC_SHA256, &[0; 32]))
    }
}

impl<K: Blank> Prepared<K> {
    pub(crate) fn new(key: K) -> Self {
        Self(Box::new(key))
    }
}

impl<K: Blank> Deref for Prepared<K> {
    type Target = K;

    fn deref(&self) -> &K {
        &self.0
    }
}

impl<K: Blank> Drop for Prepared<K> {
    fn drop(&mut self) {
        if let Some(blank) = K::blank() {
            *self.0 = blank;
            optimization_barrier(&*self.0);
        }
    }
}
