//! How the nonce of a value is chosen.

use sha2::block_api::compress256;
use zeroize::{Zeroizing, optimization_barrier};

use crate::buffer::SHORT;
use crate::envelope::NONCE;
use crate::{RootKey, SecretsError, derive, random};

const BLOCK: usize = 64;
/// With what SHA-256 ends: a byte 0x80, zeros, and the count of bits.
const END: usize = 1 + COUNT;
const COUNT: usize = size_of::<u64>();

/// SHA-256 before it has taken anything in (FIPS 180-4, 5.3.3).
const INITIAL: [u32; 8] =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

/// Gives the nonces of one column: the first bytes of SHA-256 over a key that is made of the column's root key and of random bytes, a
/// count, and all that the cipher is given for the value.
///
/// As long as no count comes twice they are as good as random. Where one does, because a machine was copied or
/// a process forked, the same nonce is given for the same value in the same row alone, and then the whole envelope is the
/// same. `docs/decisions/007-encrypted-columns.md` has the reasons.
#[cfg_attr(test, derive(Clone))]
pub(crate) struct Nonces {
    /// Has taken in the key, which fills a block.
    keyed: Zeroizing<[u32; 8]>,
}

impl Nonces {
    pub(crate) fn new(root: &RootKey, context: &str) -> Result<Self, SecretsError> {
        let mut seed = Zeroizing::new([0; 32]);
        random::fill(&mut seed[..])?;
        derive::nonces(root, context, &seed, Self::keyed)
    }

    fn keyed(key: &[u8; 32]) -> Self {
        let mut block = Zeroizing::new([0; BLOCK]);
        block[..key.len()].copy_from_slice(key);
        let mut keyed = Zeroizing::new(INITIAL);
        compress256(&mut keyed, std::slice::from_ref(&*block));
        Self { keyed }
    }

    /// The nonce of a value, by its count and all that the cipher is given, in an encoding by which no two are the same.
    pub(crate) fn of(&self, given: &[u8]) -> Result<[u8; NONCE], SecretsError> {
        let mut nonce = [0; NONCE];
        if given.len() > SHORT {
            // To ask the operating system costs less than to hash so much.
            random::fill(&mut nonce)?;
        } else {
            let state = self.hash(given);
            for (bytes, word) in nonce.chunks_exact_mut(4).zip(state) {
                bytes.copy_from_slice(&word.to_be_bytes());
            }
        }
        Ok(nonce)
    }

    /// SHA-256 of the key's block and what is given. From the blocks themselves, for a hash that is fed in pieces keeps them in a
    /// buffer, takes twice as long for so little, and leaves the end of the value there.
    fn hash(&self, given: &[u8]) -> [u32; 8] {
        let mut state = *self.keyed;
        let (whole, rest) = given.as_chunks();
        compress256(&mut state, whole);
        let mut last = [[0; BLOCK]; 2];
        let blocks = (rest.len() + END).div_ceil(BLOCK);
        let bytes = last[..blocks].as_flattened_mut();
        bytes[..rest.len()].copy_from_slice(rest);
        bytes[rest.len()] = 0x80;
        let count = 8 * (BLOCK + given.len()) as u64;
        let at = bytes.len() - COUNT;
        bytes[at..].copy_from_slice(&count.to_be_bytes());
        compress256(&mut state, &last[..blocks]);
        last = [[0; BLOCK]; 2];
        optimization_barrier(&last);
        state
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_sha_256() {
        let key: [u8; 32] = std::array::from_fn(|at| u8::try_from(at * 7).unwrap());
        let nonces = Nonces::keyed(&key);
        let given: Vec<u8> = (0..=SHORT).map(|at| (at % 251) as u8).collect();
        for len in 0..=SHORT {
            let mut all = [0; BLOCK].to_vec();
            all[..32].copy_from_slice(&key);
            all.extend_from_slice(&given[..len]);
            let hash = ring::digest::digest(&ring::digest::SHA256, &all);
            assert_eq!(nonces.of(&given[..len]).unwrap(), hash.as_ref()[..NONCE], "{len} bytes");
        }
        assert_ne!(nonces.of(&given).unwrap(), nonces.of(&given).unwrap(), "the operating system's");
    }
}
