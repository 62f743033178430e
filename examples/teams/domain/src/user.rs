//! Somebody who can be in teams.

use underpin_id::{Id, Prefix};

use crate::{Email, Name};

/// The id of a user: `user_` and 26 letters and digits.
pub type UserId = Id<User>;

/// Somebody who can be in teams.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Their id.
    pub id: UserId,
    /// What they are called.
    pub name: Name,
    /// Where they are written to; no two users have the same address.
    pub email: Email,
}

impl Prefix for User {
    const PREFIX: &'static str = "user";
}

impl User {
    /// Somebody new.
    #[must_use]
    pub fn new(name: Name, email: Email) -> Self {
        Self { id: UserId::new(), name, email }
    }
}
