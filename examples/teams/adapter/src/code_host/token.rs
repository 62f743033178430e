//! The secret by which a code host knows us.

use std::fmt;
use std::str::FromStr;

use hyper::header::HeaderValue;

/// A token for a code host: 1 to 1,000 visible characters of ASCII. Nothing shows it: it has no `Display`, and its
/// `Debug` is three stars.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// The header by which a request carries it, marked so that nothing shows it either.
    pub(super) fn header(&self) -> Option<HeaderValue> {
        let mut value = HeaderValue::try_from(format!("Bearer {}", self.0)).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(***)")
    }
}

impl FromStr for Token {
    type Err = InvalidToken;

    fn from_str(text: &str) -> Result<Self, InvalidToken> {
        match (1..=1000).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic()) {
            true => Ok(Self(text.to_owned())),
            false => Err(InvalidToken),
        }
    }
}

/// That a text is no token. It does not repeat the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidToken;

impl fmt::Display for InvalidToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it has 1 to 1000 letters, digits and signs, without spaces")
    }
}

impl std::error::Error for InvalidToken {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_shows_it() {
        let token: Token = "hunter2".parse().expect("a token");
        let header = token.header().expect("a header");
        assert_eq!(header, "Bearer hunter2");
        for shown in [format!("{token:?}"), format!("{token:#?}"), format!("{header:?}")] {
            assert!(!shown.contains("hunter2"), "{shown}");
        }
    }

    #[test]
    fn what_no_header_can_carry_is_refused() {
        for text in ["", "hunter 2", "hunter2\r\nx: y", "hünter", &"x".repeat(1001)] {
            let refused = text.parse::<Token>();
            assert_eq!(refused, Err(InvalidToken));
            assert!(!InvalidToken.to_string().contains("hunter"));
        }
    }
}
