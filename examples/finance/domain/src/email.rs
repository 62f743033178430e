//! An email address that has passed the rule.

use std::fmt;
use std::str::FromStr;

/// An email address: a name, one `@`, and a host name that has a dot; at most 255 characters.
///
/// The name has no white space, no control characters, and none of `( ) < > [ ] : ; , \ "`. The parts of the host name
/// have letters, digits and hyphens. Whether somebody reads what is sent there only a verification can tell, so the rule
/// is not stricter than that.
///
/// Capital letters A to Z become small ones: an address that differs in nothing else is the same.
///
/// ```
/// let email: finance_domain::Email = "Ana@Example.org".parse()?;
/// assert_eq!(email.as_str(), "ana@example.org");
/// # Ok::<(), finance_domain::InvalidEmail>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email(String);

impl Email {
    /// The most characters that an address may have.
    pub const MAX_CHARACTERS: usize = 255;

    /// The address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Email {
    type Err = InvalidEmail;

    fn from_str(text: &str) -> Result<Self, InvalidEmail> {
        if text.is_empty() {
            return Err(InvalidEmail::Empty);
        }
        if text.chars().nth(Self::MAX_CHARACTERS).is_some() {
            return Err(InvalidEmail::TooLong);
        }
        if text.chars().any(is_foreign) {
            return Err(InvalidEmail::Character);
        }
        let Some((name, host)) = text.split_once('@') else { return Err(InvalidEmail::At) };
        if host.contains('@') {
            return Err(InvalidEmail::At);
        }
        if name.is_empty() {
            return Err(InvalidEmail::Name);
        }
        if !host.contains('.') || !host.split('.').all(is_part_of_a_host) {
            return Err(InvalidEmail::Host);
        }
        Ok(Self(text.to_ascii_lowercase()))
    }
}

fn is_foreign(character: char) -> bool {
    character.is_whitespace() || character.is_control() || "()<>[]:;,\\\"".contains(character)
}

fn is_part_of_a_host(part: &str) -> bool {
    !part.is_empty() && part.chars().all(|character| character.is_alphanumeric() || character == '-')
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Why a text is not an email address. It never repeats the text, which came from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidEmail {
    /// There is nothing.
    Empty,
    /// It has more than [`Email::MAX_CHARACTERS`] characters.
    TooLong,
    /// It has white space, a control character, or a sign that addresses do not have.
    Character,
    /// It has no `@`, or more than one.
    At,
    /// Nothing stands before the `@`.
    Name,
    /// What stands behind the `@` is no host name with a dot.
    Host,
}

impl fmt::Display for InvalidEmail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an email address: ")?;
        match self {
            Self::Empty => f.write_str("it is empty"),
            Self::TooLong => write!(f, "it has more than {} characters", Email::MAX_CHARACTERS),
            Self::Character => {
                f.write_str("it has white space, a control character, or one of ( ) < > [ ] : ; , \\ \"")
            }
            Self::At => f.write_str("it must have exactly one @"),
            Self::Name => f.write_str("nothing stands before the @"),
            Self::Host => f.write_str("what stands behind the @ must be a host name such as example.org"),
        }
    }
}

impl std::error::Error for InvalidEmail {}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> InvalidEmail {
        text.parse::<Email>().expect_err(text)
    }

    #[test]
    fn addresses_are_taken() {
        for text in [
            "a@b.c",
            "first.last+tag@mail.example.org",
            "o'neil@example.org",
            "ü@münchen.example",
            "a/b=c@x-1.example",
        ] {
            assert_eq!(text.parse::<Email>().expect(text).to_string(), text);
        }
    }

    #[test]
    fn capital_letters_make_no_other_address() {
        assert_eq!("Ana@EXAMPLE.org".parse::<Email>(), "ana@example.org".parse());
    }

    #[test]
    fn each_rule_refuses() {
        assert_eq!(refused(""), InvalidEmail::Empty);
        for text in ["a b@c.de", " a@b.c", "a@b.c\n", "a\u{0}@b.c", "a@b.\u{a0}c", "a\u{1b}[1m@b.c"] {
            assert_eq!(refused(text), InvalidEmail::Character, "{text:?}");
        }
        for text in
            ["Ana <ana@example.org>", "a@b.c,d@e.f", "mailto:a@b.c", "postgres://ana:pw@b.c", "\"a\"@b.c"]
        {
            assert_eq!(refused(text), InvalidEmail::Character, "{text:?}");
        }
        for text in ["ana", "ana.example.org", "a@b@c.de", "@@"] {
            assert_eq!(refused(text), InvalidEmail::At, "{text:?}");
        }
        assert_eq!(refused("@example.org"), InvalidEmail::Name);
        for text in
            ["a@", "a@example", "a@.", "a@.org", "a@example.", "a@example..org", "a@b.c/d", "a@b_c.de"]
        {
            assert_eq!(refused(text), InvalidEmail::Host, "{text:?}");
        }
    }

    #[test]
    fn the_limit_counts_characters() {
        let address = |name: usize| format!("{}@example.org", "ü".repeat(name));
        assert!(address(243).parse::<Email>().is_ok());
        assert_eq!(refused(&address(244)), InvalidEmail::TooLong);
    }

    #[test]
    fn the_reason_does_not_repeat_the_text() {
        assert!(!refused("hunter2").to_string().contains("hunter2"));
    }
}
