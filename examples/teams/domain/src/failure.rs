//! How a use case can fail: the domain refuses, or something outside does not work.

use std::error::Error;
use std::fmt;

use crate::{CatalogItemId, Email, Slug, TeamRef, UserId, UserRef};

/// What the domain refuses. Asking again gives the same answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such team.
    TeamNotFound(TeamRef),
    /// There is no such user.
    UserNotFound(UserRef),
    /// There is no such item.
    ItemNotFound(CatalogItemId),
    /// Another team has that name in addresses.
    SlugTaken(Slug),
    /// Another user has that address.
    EmailTaken(Email),
    /// They are in the team already.
    AlreadyMember(UserId),
    /// They are not in the team.
    NoMember(UserId),
    /// Nobody else maintains the team.
    LastMaintainer {
        /// Who it is.
        user: UserId,
        /// Of which team.
        team: Slug,
    },
    /// The team owns items; they must go to another team first.
    OwnsItems(Slug),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TeamNotFound(team) => write!(f, "there is no team {team}"),
            Self::UserNotFound(user) => write!(f, "there is no user {user}"),
            Self::ItemNotFound(id) => write!(f, "there is no item {id}"),
            Self::SlugTaken(slug) => write!(f, "another team is called {slug}"),
            Self::EmailTaken(email) => write!(f, "another user has the address {email}"),
            Self::AlreadyMember(id) => write!(f, "{id} is in the team already"),
            Self::NoMember(id) => write!(f, "{id} is not in the team"),
            Self::LastMaintainer { user, team } => {
                write!(f, "{user} is the last who maintains the team {team}; somebody else must first")
            }
            Self::OwnsItems(slug) => {
                write!(f, "the team {slug} owns items; they must go, or belong to another team, first")
            }
        }
    }
}

impl Error for Refusal {}

/// Why a use case has done nothing; `E` is what fails outside of the domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure<E> {
    /// The domain refused.
    Refused(Refusal),
    /// The storage, or the code host, failed for a reason of its own.
    Outside(E),
}

impl<E> From<Refusal> for Failure<E> {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl<E: fmt::Display> fmt::Display for Failure<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Outside(error) => error.fmt(f),
        }
    }
}

impl<E: Error> Error for Failure<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Refused(_) => None,
            Self::Outside(error) => error.source(),
        }
    }
}
