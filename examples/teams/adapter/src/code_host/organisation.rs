//! Whose repositories are meant.

use std::fmt;
use std::str::FromStr;

/// The name of an organisation at a code host: 1 to 100 letters A to Z, digits, and `-`, `_` or `.` behind the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation(String);

impl Organisation {
    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Organisation {
    type Err = InvalidOrganisation;

    fn from_str(text: &str) -> Result<Self, InvalidOrganisation> {
        let begins_well = text.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric());
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        match begins_well && text.len() <= 100 && text.bytes().all(is_plain) {
            true => Ok(Self(text.to_owned())),
            false => Err(InvalidOrganisation),
        }
    }
}

/// That a text is no name of an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidOrganisation;

impl fmt::Display for InvalidOrganisation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it has 1 to 100 letters, digits, and -, _ or . behind the first, as in web-shop")
    }
}

impl std::error::Error for InvalidOrganisation {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_leads_to_no_other_path() {
        for text in ["acme", "Web-shop", "a.b_c", "1"] {
            assert_eq!(text.parse::<Organisation>().expect(text).as_str(), text);
        }
        for text in ["", ".", "..", "a/b", "a?b", "a b", "ä", "a\n", &"x".repeat(101)] {
            assert_eq!(text.parse::<Organisation>(), Err(InvalidOrganisation), "{text}");
        }
    }
}
