//! How the nonce of a value is chosen.

use ring::digest::{Context, SHA256};
use zeroize::Zeroizing;

use crate::buffer::SHORT;
use crate::envelope::NONCE;
use crate::{RootKey, SecretsError, derive, random};

const BLOCK: usize = 64;

/// Gives the nonces of one column: the first bytes of SHA-256 over a key that is made of the column's root key and of random bytes, a
/// count, and all that the cipher is given for the value.
///
/// As long as no count comes twice they are as good as random. Where one does, because a machine was copied or
/// a process forked, the same nonce is given for the same value in the same row alone, and then the whole envelope is the
/// same. `docs/decisions/007-encrypted-columns.md` has the reasons.
#[cfg_attr(test, derive(Clone))]
pub(crate) struct Nonces {
    /// Has taken in the key, which fills a block.
    keyed: Context,
}

impl Nonces {
    pub(crate) fn new(root: &RootKey, context: &str) -> Result<Self, SecretsError> {
        let mut seed = Zeroizing::new([0; 32]);
        random::fill(&mut seed[..])?;
        let key = derive::nonces(root, context, &seed)?;
        let mut block = Zeroizing::new([0; BLOCK]);
        block[..key.len()].copy_from_slice(&key[..]);
        let mut keyed = Context::new(&SHA256);
        keyed.update(&block[..]);
        Ok(Self { keyed })
    }

    /// The nonce of a value, by its count and all that the cipher is given, in an encoding by which no two are the same.
    pub(crate) fn of(&self, given: &[u8]) -> Result<[u8; NONCE], SecretsError> {
        let mut nonce = [0; NONCE];
        if given.len() > SHORT {
            // To ask the operating system costs less than to hash so much.
            random::fill(&mut nonce)?;
        } else {
            let mut hash = self.keyed.clone();
            hash.update(given);
            nonce.copy_from_slice(&hash.finish().as_ref()[..NONCE]);
        }
        Ok(nonce)
    }
}
