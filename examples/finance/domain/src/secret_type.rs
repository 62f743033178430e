//! What a secret is for.

use std::fmt;
use std::str::FromStr;

/// What a secret is for, such as `plaid_access_token`: a to z, 0 to 9 and `_`, at most 50 characters, a letter first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SecretType(String);

impl SecretType {
    /// The most characters that it may have.
    pub const MAX_CHARACTERS: usize = 50;

    /// The type as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for SecretType {
    type Err = InvalidSecretType;

    fn from_str(text: &str) -> Result<Self, InvalidSecretType> {
        let is_word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        let is_taken = text.len() <= Self::MAX_CHARACTERS
            && text.starts_with(|first: char| first.is_ascii_lowercase())
            && text.bytes().all(is_word);
        if is_taken { Ok(Self(text.to_owned())) } else { Err(InvalidSecretType) }
    }
}

impl fmt::Display for SecretType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// A text is no type of a secret. It does not repeat the text: somebody may have given the secret itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidSecretType;

impl fmt::Display for InvalidSecretType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "not a type of a secret: it must begin with a letter and have a to z, 0 to 9 and _ only, at most {} \
             characters",
            SecretType::MAX_CHARACTERS
        )
    }
}

impl std::error::Error for InvalidSecretType {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_taken_and_anything_else_is_refused() {
        for text in ["plaid_access_token", "a", "oauth2", &"a".repeat(50)] {
            assert_eq!(text.parse::<SecretType>().expect(text).as_str(), text);
        }
        for text in ["", "2fa", "_a", "Token", "a-b", "a b", "ä", &"a".repeat(51)] {
            assert_eq!(text.parse::<SecretType>(), Err(InvalidSecretType), "{text:?}");
        }
    }
}
