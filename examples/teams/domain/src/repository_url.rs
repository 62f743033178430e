//! Where the source of an item is.

use std::fmt;
use std::str::FromStr;

/// An address that begins with `https://` and carries no credentials; at most 2,000 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RepositoryUrl(String);

impl RepositoryUrl {
    /// The most characters that it may have.
    pub const MAX_CHARACTERS: usize = 2000;

    /// The address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for RepositoryUrl {
    type Err = InvalidRepositoryUrl;

    fn from_str(text: &str) -> Result<Self, InvalidRepositoryUrl> {
        let rest = text.strip_prefix("https://").ok_or(InvalidRepositoryUrl::Scheme)?;
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if host.contains('@') {
            return Err(InvalidRepositoryUrl::Credentials);
        }
        let foreign = |c: char| c.is_whitespace() || c.is_control() || "<>\"\\^`{|}".contains(c);
        let fits = text.chars().nth(Self::MAX_CHARACTERS).is_none();
        if host.is_empty() || !fits || text.chars().any(foreign) {
            return Err(InvalidRepositoryUrl::Malformed);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for RepositoryUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Why a text is no address of a repository. It never repeats the text, which may hold a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidRepositoryUrl {
    /// It does not begin with `https://`.
    Scheme,
    /// It has a user or a password in it.
    Credentials,
    /// It has no host, is too long, or has characters that addresses do not have.
    Malformed,
}

impl fmt::Display for InvalidRepositoryUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Scheme => "the address does not begin with https://",
            Self::Credentials => "the address has a user or a password in it; leave them out",
            Self::Malformed => "the address is not one such as https://example.org/team/shop",
        })
    }
}

impl std::error::Error for InvalidRepositoryUrl {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_kept_out() {
        let refused = "https://ana:hunter2@example.org/x".parse::<RepositoryUrl>().expect_err("credentials");
        assert_eq!(refused, InvalidRepositoryUrl::Credentials);
        assert!(!refused.to_string().contains("hunter2"));
        assert!("https://example.org/@ana/x".parse::<RepositoryUrl>().is_ok());
    }

    #[test]
    fn each_rule_refuses() {
        for text in ["http://example.org", "javascript:alert(1)", "", "git@example.org:a/b"] {
            assert_eq!(text.parse::<RepositoryUrl>(), Err(InvalidRepositoryUrl::Scheme), "{text}");
        }
        for text in ["https://", "https:///x", "https://a b", "https://a/<script>"] {
            assert_eq!(text.parse::<RepositoryUrl>(), Err(InvalidRepositoryUrl::Malformed), "{text}");
        }
    }
}
