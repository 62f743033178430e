//! Where somebody is written to.

use std::fmt;
use std::str::FromStr;

/// An email address: a name, one `@`, and a host name that has a dot; at most 255 characters, none of them white space
/// or a control character. Capital letters A to Z become small ones, so that an address that differs in nothing else
/// is the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email(String);

impl Email {
    /// The most characters that it may have.
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
        let fits = text.chars().nth(Self::MAX_CHARACTERS).is_none();
        let foreign = |c: char| c.is_whitespace() || c.is_control() || "()<>[]:;,\\\"".contains(c);
        let is_host = |host: &str| host.contains('.') && host.split('.').all(|part| !part.is_empty());
        match text.split_once('@') {
            Some((name, host))
                if fits
                    && !name.is_empty()
                    && !host.contains('@')
                    && is_host(host)
                    && !text.chars().any(foreign) =>
            {
                Ok(Self(text.to_ascii_lowercase()))
            }
            _ => Err(InvalidEmail),
        }
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// That a text is no email address. It does not repeat the text, which came from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidEmail;

impl fmt::Display for InvalidEmail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an email address is a name, one @, and a host name with a dot, as in ana@example.org")
    }
}

impl std::error::Error for InvalidEmail {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_name_and_a_host() {
        assert_eq!(
            "Ana@Example.org".parse::<Email>().map(|email| email.to_string()).as_deref(),
            Ok("ana@example.org")
        );
        for text in ["", "ana", "@b.c", "a@b", "a@.c", "a@b@c.d", "a b@c.d", "a@b.c\n", "Ana <a@b.c>"] {
            assert_eq!(text.parse::<Email>(), Err(InvalidEmail), "{text:?}");
        }
    }
}
