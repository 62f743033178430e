//! What happens to users.

use std::time::SystemTime;

use crate::{DomainEvent, Email, UserId};

/// An event of a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserEvent {
    user: UserId,
    occurred_at: SystemTime,
    fact: UserFact,
}

/// What happened to a user.
///
/// Exhaustive on purpose: a fact more stops the build of every adapter that does not tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UserFact {
    /// `UserRegistered`: the user came to be, with an address that nobody has verified yet.
    Registered {
        /// The address.
        email: Email,
    },
    /// `EmailVerified`: the user has shown that the address is theirs.
    EmailVerified {
        /// The address.
        email: Email,
    },
    /// `EmailChanged`: the user has another address, which nobody has verified yet.
    EmailChanged {
        /// The address before.
        from: Email,
        /// The address now.
        to: Email,
    },
}

impl UserEvent {
    pub(crate) fn new(user: UserId, occurred_at: SystemTime, fact: UserFact) -> Self {
        Self { user, occurred_at, fact }
    }
}

impl DomainEvent for UserEvent {
    type Payload = UserFact;

    const AGGREGATE_TYPE: &'static str = "User";

    fn event_type(&self) -> &'static str {
        match self.fact {
            UserFact::Registered { .. } => "UserRegistered",
            UserFact::EmailVerified { .. } => "EmailVerified",
            UserFact::EmailChanged { .. } => "EmailChanged",
        }
    }

    fn aggregate_id(&self) -> String {
        self.user.to_string()
    }

    fn occurred_at(&self) -> SystemTime {
        self.occurred_at
    }

    fn payload(&self) -> &UserFact {
        &self.fact
    }
}
