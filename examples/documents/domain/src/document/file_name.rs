//! What a file was called.

use std::fmt;
use std::str::FromStr;

/// The name of a file without folders: 1 to 255 characters, none of them a slash, a backslash or a control character.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileName(String);

impl FileName {
    /// The most characters that it may have.
    pub const MAX_CHARACTERS: usize = 255;

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for FileName {
    type Err = InvalidFileName;

    fn from_str(text: &str) -> Result<Self, InvalidFileName> {
        let foreign = |c: char| c.is_control() || c == '/' || c == '\\';
        let fits = text.chars().nth(Self::MAX_CHARACTERS).is_none();
        if text.trim().is_empty() || !fits || text.chars().any(foreign) || matches!(text, "." | "..") {
            return Err(InvalidFileName);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// That a text is no name of a file. It does not repeat the text, which came from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidFileName;

impl fmt::Display for InvalidFileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the name of a file has 1 to {} characters, and no slash, backslash or control character",
            FileName::MAX_CHARACTERS
        )
    }
}

impl std::error::Error for InvalidFileName {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_nowhere_else() {
        assert!("Lohn März (1).pdf".parse::<FileName>().is_ok());
        for text in ["", " ", ".", "..", "a/b", "..\\x", "a\0b", "a\nb", &"x".repeat(256)] {
            assert_eq!(text.parse::<FileName>(), Err(InvalidFileName), "{text:?}");
        }
    }
}
