//! A user as JSON.

use serde::Serialize;
use teams_domain::User;

/// A user.
#[derive(Debug, Serialize)]
pub(crate) struct UserShape {
    id: String,
    name: String,
    email: String,
}

impl From<&User> for UserShape {
    fn from(User { id, name, email }: &User) -> Self {
        Self { id: id.to_string(), name: name.to_string(), email: email.to_string() }
    }
}
