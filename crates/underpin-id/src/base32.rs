//! The 26 characters after the prefix: 128 bits in strict lower-case base 32, highest bits first.

/// How many characters hold 128 bits, five to a character; the first holds three.
pub(crate) const SUFFIX_LEN: usize = 26;

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

const NONE: u8 = u8::MAX;

/// The value of each byte, or `NONE`: no capital, no hyphen, no look-alike is accepted.
const VALUES: [u8; 256] = {
    let mut values = [NONE; 256];
    let mut value = 0;
    while value < ALPHABET.len() {
        values[ALPHABET[value] as usize] = value as u8;
        value += 1;
    }
    values
};

/// Why a suffix is not one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BadSuffix {
    /// Not 26 bytes, but this many.
    Length(usize),
    /// A byte that is not of the alphabet, at this offset.
    Character(usize),
    /// More than 128 bits: the first character is above `7`.
    Overflow,
}

/// Spells 128 bits in 26 characters.
pub(crate) fn encode(bits: u128) -> [u8; SUFFIX_LEN] {
    let mut rest = bits;
    let mut suffix = [0; SUFFIX_LEN];
    for place in suffix.iter_mut().rev() {
        *place = ALPHABET[(rest & 31) as usize];
        rest >>= 5;
    }
    suffix
}

/// Reads 26 characters back.
pub(crate) fn decode(suffix: &[u8]) -> Result<u128, BadSuffix> {
    if suffix.len() != SUFFIX_LEN {
        return Err(BadSuffix::Length(suffix.len()));
    }
    let mut bits = 0;
    for (at, byte) in suffix.iter().enumerate() {
        let value = VALUES[usize::from(*byte)];
        if value == NONE {
            return Err(BadSuffix::Character(at));
        }
        if at == 0 && value > 7 {
            return Err(BadSuffix::Overflow);
        }
        bits = bits << 5 | u128::from(value);
    }
    Ok(bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_the_range() {
        assert_eq!(&encode(0), b"00000000000000000000000000");
        assert_eq!(&encode(u128::MAX), b"7zzzzzzzzzzzzzzzzzzzzzzzzz");
        assert_eq!(decode(b"7zzzzzzzzzzzzzzzzzzzzzzzzz"), Ok(u128::MAX));
    }

    #[test]
    fn every_bit_has_its_own_place() {
        for bit in 0..128 {
            assert_eq!(decode(&encode(1 << bit)), Ok(1 << bit), "bit {bit}");
        }
    }

    #[test]
    fn thirty_two_bytes_of_all_are_letters() {
        let taken = |byte: &u8| decode(&[&[b'0'; 25][..], &[*byte]].concat()).is_ok();
        let letters: Vec<u8> = (0..=u8::MAX).filter(taken).collect();
        assert_eq!(letters, ALPHABET);
    }

    #[test]
    fn each_fault_is_told_apart() {
        assert_eq!(decode(b""), Err(BadSuffix::Length(0)));
        assert_eq!(decode(&[b'0'; 27]), Err(BadSuffix::Length(27)));
        assert_eq!(decode(b"80000000000000000000000000"), Err(BadSuffix::Overflow));
        assert_eq!(decode(b"0000000000000000000000000u"), Err(BadSuffix::Character(25)));
        assert_eq!(decode(b"U0000000000000000000000000"), Err(BadSuffix::Character(0)));
    }
}
