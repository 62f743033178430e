//! A few words on one line, as they were read.

use std::fmt;
use std::str::FromStr;

/// A few words on one line: a name, a street, an employer. White space around them is no part of them.
///
/// ```
/// let name: documents_domain::Words = " Ana Ruiz ".parse()?;
/// assert_eq!(name.as_str(), "Ana Ruiz");
/// # Ok::<(), documents_domain::InvalidWords>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Words(String);

impl Words {
    /// The most characters that they may have.
    pub const MAX_CHARACTERS: usize = 200;

    /// The words as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Words {
    type Err = InvalidWords;

    fn from_str(text: &str) -> Result<Self, InvalidWords> {
        let text = text.trim();
        let fits = text.chars().nth(Self::MAX_CHARACTERS).is_none();
        if text.is_empty() || !fits || text.chars().any(char::is_control) {
            return Err(InvalidWords);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// That a text is no such words. It does not repeat the text, which came from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidWords;

impl fmt::Display for InvalidWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "it has not 1 to {} characters on one line", Words::MAX_CHARACTERS)
    }
}

impl std::error::Error for InvalidWords {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_on_one_line() {
        assert_eq!(" Ünal & Söhne; -- ' ".parse::<Words>().expect("words").as_str(), "Ünal & Söhne; -- '");
        assert!("ü".repeat(200).parse::<Words>().is_ok());
        for text in ["", " \t", "a\0b", "a\nb", "a\u{1b}[1m", &"ü".repeat(201)] {
            assert_eq!(text.parse::<Words>(), Err(InvalidWords), "{text:?}");
        }
    }
}
