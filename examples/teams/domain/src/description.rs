//! What something is for, in a few sentences.

use std::fmt;
use std::str::FromStr;

/// A description: at most 2,000 characters, none of them a control character but for line ends and tabs. It may be
/// empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Description(String);

impl Description {
    /// The most characters that it may have.
    pub const MAX_CHARACTERS: usize = 2000;

    /// The description as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Description {
    type Err = InvalidDescription;

    fn from_str(text: &str) -> Result<Self, InvalidDescription> {
        if text.chars().nth(Self::MAX_CHARACTERS).is_some() {
            return Err(InvalidDescription::TooLong);
        }
        if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            return Err(InvalidDescription::Control);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for Description {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Why a text is no description. It never repeats the text, which came from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidDescription {
    /// It has more than [`Description::MAX_CHARACTERS`] characters.
    TooLong,
    /// It has a control character that is neither a line end nor a tab.
    Control,
}

impl fmt::Display for InvalidDescription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => {
                write!(f, "the description has more than {} characters", Description::MAX_CHARACTERS)
            }
            Self::Control => f.write_str("the description has a control character"),
        }
    }
}

impl std::error::Error for InvalidDescription {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_tabs_are_text() {
        for text in ["", "Sells tills.\r\n\tAnd more.", "Läden für alle"] {
            assert_eq!(text.parse::<Description>().expect(text).as_str(), text);
        }
    }

    #[test]
    fn the_bounds_hold() {
        assert!("é".repeat(Description::MAX_CHARACTERS).parse::<Description>().is_ok());
        let long = "é".repeat(Description::MAX_CHARACTERS + 1).parse::<Description>();
        assert_eq!(long, Err(InvalidDescription::TooLong));
        for text in ["a\0b", "\u{1b}[31m", "\u{7f}"] {
            assert_eq!(text.parse::<Description>(), Err(InvalidDescription::Control));
        }
    }
}
