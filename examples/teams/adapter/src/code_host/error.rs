//! Why a code host did not tell its repositories.

use std::fmt;

/// What a code host failed with: what was attempted, and what to do. It holds neither the token nor anything of the
/// answer but its status and places in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeHostError {
    message: String,
    hint: &'static str,
}

impl CodeHostError {
    pub(super) fn new(message: impl Into<String>, hint: &'static str) -> Self {
        Self { message: message.into(), hint }
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        self.hint
    }
}

impl fmt::Display for CodeHostError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for CodeHostError {}
