//! A user as JSON. The spelling is a promise to whoever reads it: change it by adding only.

use finance_domain::{User, UserState};
use serde::Serialize;

use crate::output::precise;

/// A user.
#[derive(Debug, Serialize)]
pub(crate) struct UserShape {
    id: String,
    email: String,
    email_verified: bool,
    created_at: String,
    updated_at: String,
}

impl From<&User> for UserShape {
    fn from(user: &User) -> Self {
        let UserState { id, email, email_verified, created_at, updated_at } = user.state();
        Self {
            id: id.to_string(),
            email: email.to_string(),
            email_verified: *email_verified,
            created_at: precise(*created_at),
            updated_at: precise(*updated_at),
        }
    }
}
