//! That somebody is in a team.

use std::fmt;
use std::str::FromStr;
use std::time::SystemTime;

use crate::UserId;

/// That somebody is in a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Membership {
    /// Who it is.
    pub user: UserId,
    /// What they may do.
    pub role: Role,
    /// Since when.
    pub since: SystemTime,
}

/// What a member of a team may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Works with what the team owns.
    Member,
    /// Decides about it. A team always has one.
    Maintainer,
}

impl Role {
    /// The role in a word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Maintainer => "maintainer",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Role {
    type Err = InvalidRole;

    fn from_str(text: &str) -> Result<Self, InvalidRole> {
        [Self::Member, Self::Maintainer].into_iter().find(|role| role.as_str() == text).ok_or(InvalidRole)
    }
}

/// That a text is no role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidRole;

impl fmt::Display for InvalidRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a role is member or maintainer")
    }
}

impl std::error::Error for InvalidRole {}
