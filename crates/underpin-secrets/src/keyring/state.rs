//! What a key may be used for.

use std::fmt;
use std::str::FromStr;

use crate::SecretsError;

/// What a key may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyState {
    /// It encrypts and decrypts; one key of a ring is.
    Primary,
    /// It decrypts.
    Active,
    /// It does neither. Nothing should be left that it encrypted; a value that is, is an error and a warning in the log.
    Retired,
}

/// A key by its number and state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeyFacts {
    /// Its number, which stands in every value that it encrypted.
    pub id: u32,
    /// What it may be used for.
    pub state: KeyState,
}

impl KeyState {
    fn word(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Active => "active",
            Self::Retired => "retired",
        }
    }
}

impl fmt::Display for KeyState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl FromStr for KeyState {
    type Err = SecretsError;

    fn from_str(text: &str) -> Result<Self, SecretsError> {
        let states = [Self::Primary, Self::Active, Self::Retired];
        states.into_iter().find(|state| state.word() == text).ok_or_else(|| {
            SecretsError::keys("the state of a key is unknown", "a key is primary, active or retired")
        })
    }
}
