//! The error of reading an id from text.

use std::fmt;

use crate::base32::{BadSuffix, SUFFIX_LEN};

/// A text is not an id of the wanted kind.
///
/// Its message says which kind was wanted and what is wrong, and never repeats the text itself: it came
/// from outside and may be of any length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseIdError {
    prefix: &'static str,
    fault: Fault,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    Prefix,
    Suffix(BadSuffix),
}

impl ParseIdError {
    pub(crate) fn wrong_prefix(prefix: &'static str) -> Self {
        Self { prefix, fault: Fault::Prefix }
    }

    pub(crate) fn bad_suffix(prefix: &'static str, fault: BadSuffix) -> Self {
        Self { prefix, fault: Fault::Suffix(fault) }
    }

    /// The prefix that was wanted.
    #[must_use]
    pub fn expected_prefix(&self) -> &'static str {
        self.prefix
    }

    /// Is it the prefix that is missing or another one? Then the text may be a sound id of another kind.
    #[must_use]
    pub fn is_wrong_prefix(&self) -> bool {
        self.fault == Fault::Prefix
    }
}

impl fmt::Display for ParseIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.prefix {
            "" => f.write_str("not an id without a prefix: ")?,
            prefix => write!(f, "not a `{prefix}` id: ")?,
        }
        match self.fault {
            Fault::Prefix if self.prefix.is_empty() => f.write_str("it must have no underscore"),
            Fault::Prefix => write!(f, "it must begin with `{}_`", self.prefix),
            Fault::Suffix(BadSuffix::Length(found)) => {
                let place =
                    if self.prefix.is_empty() { "must be" } else { "must follow the last underscore" };
                write!(f, "{SUFFIX_LEN} characters {place}, but there are {found} bytes")
            }
            Fault::Suffix(BadSuffix::Character(at)) => {
                let place = if self.prefix.is_empty() { "" } else { " after the last underscore" };
                write!(
                    f,
                    "character {}{place} is not a digit or a small letter (i, l, o and u are none either)",
                    at + 1
                )
            }
            Fault::Suffix(BadSuffix::Overflow) => {
                f.write_str("the first of its last 26 characters must be 0 to 7, more is not 128 bits")
            }
        }
    }
}

impl std::error::Error for ParseIdError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_say_what_was_wanted_and_what_is_wrong() {
        let told = |fault| ParseIdError::bad_suffix("user", fault).to_string();
        assert_eq!(
            ParseIdError::wrong_prefix("user").to_string(),
            "not a `user` id: it must begin with `user_`"
        );
        assert_eq!(
            ParseIdError::wrong_prefix("").to_string(),
            "not an id without a prefix: it must have no underscore"
        );
        assert_eq!(
            told(BadSuffix::Length(25)),
            "not a `user` id: 26 characters must follow the last underscore, but there are 25 bytes"
        );
        assert!(told(BadSuffix::Character(3)).contains("character 4 after the last underscore is not"));
        assert!(told(BadSuffix::Overflow).contains("must be 0 to 7"));
    }

    #[test]
    fn a_wrong_prefix_can_be_asked_for() {
        assert!(ParseIdError::wrong_prefix("user").is_wrong_prefix());
        assert!(!ParseIdError::bad_suffix("user", BadSuffix::Overflow).is_wrong_prefix());
        assert_eq!(ParseIdError::wrong_prefix("user").expected_prefix(), "user");
    }
}
