//! How a use case can fail: the domain refuses, or the storage does not work.

use std::error::Error;
use std::fmt;

use crate::{AlreadyVerified, EmailTaken, SecretNotFound, UserNotFound};

/// Why a use case has done nothing; `E` is what the storage fails with.
///
/// Exhaustive on purpose: whoever talks to people has to find words for each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure<E> {
    /// Another user has the address.
    EmailTaken(EmailTaken),
    /// The address was verified before.
    AlreadyVerified(AlreadyVerified),
    /// There is no such user.
    UserNotFound(UserNotFound),
    /// The user has no such secret.
    SecretNotFound(SecretNotFound),
    /// The storage failed, for a reason of its own.
    Storage(E),
}

impl<E> Failure<E> {
    /// Is it the domain that refused? Then asking again gives the same answer.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        !matches!(self, Self::Storage(_))
    }
}

impl<E> From<EmailTaken> for Failure<E> {
    fn from(refused: EmailTaken) -> Self {
        Self::EmailTaken(refused)
    }
}

impl<E> From<AlreadyVerified> for Failure<E> {
    fn from(refused: AlreadyVerified) -> Self {
        Self::AlreadyVerified(refused)
    }
}

impl<E> From<UserNotFound> for Failure<E> {
    fn from(refused: UserNotFound) -> Self {
        Self::UserNotFound(refused)
    }
}

impl<E> From<SecretNotFound> for Failure<E> {
    fn from(refused: SecretNotFound) -> Self {
        Self::SecretNotFound(refused)
    }
}

impl<E: fmt::Display> fmt::Display for Failure<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EmailTaken(refused) => refused.fmt(f),
            Self::AlreadyVerified(refused) => refused.fmt(f),
            Self::UserNotFound(refused) => refused.fmt(f),
            Self::SecretNotFound(refused) => refused.fmt(f),
            Self::Storage(error) => error.fmt(f),
        }
    }
}

impl<E: Error> Error for Failure<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::EmailTaken(_)
            | Self::AlreadyVerified(_)
            | Self::UserNotFound(_)
            | Self::SecretNotFound(_) => None,
            Self::Storage(error) => error.source(),
        }
    }
}
