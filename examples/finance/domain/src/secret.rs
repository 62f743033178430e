//! A secret that a user has entrusted to the program.

use std::fmt;

use crate::{SecretType, SecretValue, UserId};

/// A secret of a user, for example the token by which their bank is read. A user has one of each type.
#[derive(Debug)]
pub struct Secret {
    owner: UserId,
    secret_type: SecretType,
    value: SecretValue,
}

impl Secret {
    /// A secret of a user.
    #[must_use]
    pub fn new(owner: UserId, secret_type: SecretType, value: SecretValue) -> Self {
        Self { owner, secret_type, value }
    }

    /// Whose it is.
    #[must_use]
    pub fn owner(&self) -> UserId {
        self.owner
    }

    /// What it is for.
    #[must_use]
    pub fn secret_type(&self) -> &SecretType {
        &self.secret_type
    }

    /// The plain value, in the type that does not print it.
    #[must_use]
    pub fn value(&self) -> &SecretValue {
        &self.value
    }
}

/// A user has no secret of this type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretNotFound {
    /// Whose it would be.
    pub owner: UserId,
    /// What it would be for.
    pub secret_type: SecretType,
}

impl fmt::Display for SecretNotFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} has no secret {}", self.owner, self.secret_type)
    }
}

impl std::error::Error for SecretNotFound {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_prints_whose_and_what_for_but_not_the_value() {
        let owner = UserId::new();
        let secret_type = "plaid_access_token".parse().expect("a type");
        let secret = Secret::new(owner, secret_type, SecretValue::new("hunter2"));
        let printed = format!("{secret:?} {secret:#?}");
        assert!(printed.contains(&owner.to_string()) && printed.contains("plaid_access_token"));
        assert!(!printed.contains("hunter2"), "{printed}");
    }
}
