//! What a team or a user is named by.

use std::fmt;
use std::str::FromStr;

use underpin_id::Prefix;

use crate::{Email, Slug, Team, TeamId, User, UserId};

/// What a team is named by: its slug, or its id. No text is both, for a slug has no underscore.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TeamRef {
    /// Its name in addresses.
    Slug(Slug),
    /// Its id.
    Id(TeamId),
}

/// What a user is named by: their id, or their address. No text is both, for an id has no `@`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum UserRef {
    /// Their id.
    Id(UserId),
    /// Where they are written to.
    Email(Email),
}

impl FromStr for TeamRef {
    type Err = InvalidTeamRef;

    fn from_str(text: &str) -> Result<Self, InvalidTeamRef> {
        if text.contains('_') {
            return text.parse().map(Self::Id).map_err(|_| InvalidTeamRef);
        }
        text.parse().map(Self::Slug).map_err(|_| InvalidTeamRef)
    }
}

impl FromStr for UserRef {
    type Err = InvalidUserRef;

    fn from_str(text: &str) -> Result<Self, InvalidUserRef> {
        if text.contains('@') {
            return text.parse().map(Self::Email).map_err(|_| InvalidUserRef);
        }
        text.parse().map(Self::Id).map_err(|_| InvalidUserRef)
    }
}

impl From<Slug> for TeamRef {
    fn from(slug: Slug) -> Self {
        Self::Slug(slug)
    }
}

impl From<TeamId> for TeamRef {
    fn from(id: TeamId) -> Self {
        Self::Id(id)
    }
}

impl From<Email> for UserRef {
    fn from(email: Email) -> Self {
        Self::Email(email)
    }
}

impl From<UserId> for UserRef {
    fn from(id: UserId) -> Self {
        Self::Id(id)
    }
}

impl fmt::Display for TeamRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Slug(slug) => slug.fmt(f),
            Self::Id(id) => id.fmt(f),
        }
    }
}

impl fmt::Display for UserRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => id.fmt(f),
            Self::Email(email) => email.fmt(f),
        }
    }
}

/// That a text names no team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidTeamRef;

/// That a text names no user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidUserRef;

impl fmt::Display for InvalidTeamRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a team is named by its slug, as in web-shop, or by its id, {}_ and 26 more", Team::PREFIX)
    }
}

impl fmt::Display for InvalidUserRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let prefix = User::PREFIX;
        write!(f, "a user is named by an address, as in ana@example.org, or by an id, {prefix}_ and 26 more")
    }
}

impl std::error::Error for InvalidTeamRef {}

impl std::error::Error for InvalidUserRef {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_a_team_is_its_slug_or_its_id() {
        let id = TeamId::new();
        assert_eq!(id.to_string().parse(), Ok(TeamRef::Id(id)));
        let slug: TeamRef = "web-shop".parse().expect("a slug");
        assert_eq!((slug.to_string().as_str(), matches!(slug, TeamRef::Slug(_))), ("web-shop", true));
        for text in ["", "Web shop", "team_1", &UserId::new().to_string()] {
            assert_eq!(text.parse::<TeamRef>(), Err(InvalidTeamRef), "{text}");
        }
    }

    #[test]
    fn what_names_a_user_is_an_id_or_an_address() {
        let id = UserId::new();
        assert_eq!(id.to_string().parse(), Ok(UserRef::Id(id)));
        let email: UserRef = "Ana@example.org".parse().expect("an address");
        assert_eq!(email.to_string(), "ana@example.org");
        for text in ["", "ana", "ana@", "user_1", &TeamId::new().to_string()] {
            assert_eq!(text.parse::<UserRef>(), Err(InvalidUserRef), "{text}");
        }
    }
}
