//! What something is called.

use std::fmt;
use std::str::FromStr;

/// A name: 1 to 100 characters, none of them a control character. White space around it is no part of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(String);

impl Name {
    /// The most characters that it may have.
    pub const MAX_CHARACTERS: usize = 100;

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Name {
    type Err = InvalidName;

    fn from_str(text: &str) -> Result<Self, InvalidName> {
        let text = text.trim();
        if text.is_empty() {
            return Err(InvalidName::Empty);
        }
        if text.chars().nth(Self::MAX_CHARACTERS).is_some() {
            return Err(InvalidName::TooLong);
        }
        if text.chars().any(char::is_control) {
            return Err(InvalidName::Control);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Why a text is no name. It never repeats the text, which came from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidName {
    /// There is nothing but white space.
    Empty,
    /// It has more than [`Name::MAX_CHARACTERS`] characters.
    TooLong,
    /// It has a control character.
    Control,
}

impl fmt::Display for InvalidName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the name is empty"),
            Self::TooLong => write!(f, "the name has more than {} characters", Name::MAX_CHARACTERS),
            Self::Control => f.write_str("the name has a control character"),
        }
    }
}

impl std::error::Error for InvalidName {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_refuses() {
        assert_eq!(" Ana ".parse::<Name>().map(|name| name.to_string()).as_deref(), Ok("Ana"));
        assert_eq!("  ".parse::<Name>(), Err(InvalidName::Empty));
        assert_eq!("ü".repeat(101).parse::<Name>(), Err(InvalidName::TooLong));
        assert_eq!("a\u{1b}[1m".parse::<Name>(), Err(InvalidName::Control));
    }
}
