//! The text of an id in place, without an allocation.

use std::{fmt, ops::Deref, str};

use crate::{base32::SUFFIX_LEN, prefix::MAX_PREFIX};

/// The longest text of all ids: 63 characters, an underscore, 26 characters.
const CAPACITY: usize = MAX_PREFIX + 1 + SUFFIX_LEN;

/// The text of an [`Id`](crate::Id), held by value; use it as a `&str`.
#[derive(Clone, Copy)]
pub struct IdText {
    bytes: [u8; CAPACITY],
    len: u8,
}

impl IdText {
    /// Joins a checked prefix and an encoded suffix.
    pub(crate) fn join(prefix: &str, suffix: [u8; SUFFIX_LEN]) -> Self {
        let mut text = Self { bytes: [0; CAPACITY], len: 0 };
        if !prefix.is_empty() {
            text.push(prefix.as_bytes());
            text.push(b"_");
        }
        text.push(&suffix);
        text
    }

    fn push(&mut self, part: &[u8]) {
        let start = usize::from(self.len);
        self.bytes[start..start + part.len()].copy_from_slice(part);
        self.len += part.len() as u8;
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // The parts are ASCII, so that the other case cannot occur.
        str::from_utf8(&self.bytes[..usize::from(self.len)]).unwrap_or_default()
    }
}

impl Deref for IdText {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for IdText {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for IdText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for IdText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_prefix_fits() {
        let prefix = "p".repeat(MAX_PREFIX);
        let text = IdText::join(&prefix, [b'0'; SUFFIX_LEN]);
        assert_eq!(text.as_str(), format!("{prefix}_00000000000000000000000000"));
        assert_eq!(text.len(), 90);
    }

    #[test]
    fn no_prefix_no_underscore() {
        assert_eq!(IdText::join("", [b'7'; SUFFIX_LEN]).as_str(), "7".repeat(26));
    }
}
