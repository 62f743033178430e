//! What tells whether two files have the same content.

use std::fmt;
use std::str::FromStr;

/// The SHA-256 of a file's content; as text 64 hexadecimal digits, small letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentHash([u8; 32]);

impl ContentHash {
    /// The hash of these bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for ContentHash {
    type Err = InvalidContentHash;

    fn from_str(text: &str) -> Result<Self, InvalidContentHash> {
        let mut bytes = [0; 32];
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return Err(InvalidContentHash);
        }
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let digit = |at: usize| {
                let digit = pair.get(at).copied().filter(|digit| !digit.is_ascii_uppercase())?;
                char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
            };
            *byte = match (digit(0), digit(1)) {
                (Some(high), Some(low)) => high << 4 | low,
                _ => return Err(InvalidContentHash),
            };
        }
        Ok(Self(bytes))
    }
}

/// That a text is no hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidContentHash;

impl fmt::Display for InvalidContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a hash has 64 digits 0 to 9 and a to f")
    }
}

impl std::error::Error for InvalidContentHash {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_printed_and_read_alike() {
        let mut bytes = [0; 32];
        bytes[0] = 0xab;
        bytes[31] = 0x0f;
        let hash = ContentHash::new(bytes);
        assert_eq!(hash.to_string(), format!("ab{}0f", "0".repeat(60)));
        assert_eq!(hash.to_string().parse(), Ok(hash));
    }

    #[test]
    fn anything_else_is_no_hash() {
        for text in ["", "ab", &"g".repeat(64), &"A".repeat(64), &"0".repeat(63), &"ü".repeat(32)] {
            assert_eq!(text.parse::<ContentHash>(), Err(InvalidContentHash), "{text}");
        }
    }
}
