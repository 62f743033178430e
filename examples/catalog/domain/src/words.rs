//! The name of a make or of a model.

use std::fmt;
use std::str::FromStr;

/// A few words: the name of a make or of a model. White space around them is no part of them.
///
/// ```
/// let make: catalog_domain::Words = " Alfa Romeo ".parse()?;
/// assert_eq!(make.as_str(), "Alfa Romeo");
/// # Ok::<(), catalog_domain::InvalidWords>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Words(String);

impl Words {
    /// The most characters that they may have.
    pub const MAX_CHARACTERS: usize = 100;

    /// The words as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether these are the same words, capital letters aside.
    ///
    /// ```
    /// # use catalog_domain::Words;
    /// let [make, wanted] = ["ŠKODA", "škoda"].map(|text| text.parse::<Words>());
    /// assert!(make?.is_alike(&wanted?));
    /// # Ok::<(), catalog_domain::InvalidWords>(())
    /// ```
    #[must_use]
    pub fn is_alike(&self, other: &Self) -> bool {
        let lower = |words: &'_ Self| words.0.chars().flat_map(char::to_lowercase).collect::<String>();
        lower(self) == lower(other)
    }
}

impl FromStr for Words {
    type Err = InvalidWords;

    fn from_str(text: &str) -> Result<Self, InvalidWords> {
        let text = text.trim();
        if text.is_empty() {
            return Err(InvalidWords::Empty);
        }
        if text.chars().nth(Self::MAX_CHARACTERS).is_some() {
            return Err(InvalidWords::TooLong);
        }
        if text.chars().any(char::is_control) {
            return Err(InvalidWords::Control);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Why a text is no name. It never repeats the text, which came from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidWords {
    /// There is nothing but white space.
    Empty,
    /// It has more than [`Words::MAX_CHARACTERS`] characters.
    TooLong,
    /// It has a control character.
    Control,
}

impl fmt::Display for InvalidWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("it is empty"),
            Self::TooLong => write!(f, "it has more than {} characters", Words::MAX_CHARACTERS),
            Self::Control => f.write_str("it has a control character"),
        }
    }
}

impl std::error::Error for InvalidWords {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_taken_as_it_is() {
        for text in ["VW", "Škoda", "100% \"electric\"; -- '", "a_b\\c", "\u{200f}מכונית"] {
            assert_eq!(text.parse::<Words>().expect(text).as_str(), text);
        }
    }

    #[test]
    fn each_rule_refuses() {
        assert_eq!(" \t".parse::<Words>(), Err(InvalidWords::Empty));
        assert_eq!("ü".repeat(101).parse::<Words>(), Err(InvalidWords::TooLong));
        assert!("ü".repeat(100).parse::<Words>().is_ok());
        for text in ["a\0b", "a\nb", "a\u{1b}[1m"] {
            assert_eq!(text.parse::<Words>(), Err(InvalidWords::Control));
        }
    }
}
