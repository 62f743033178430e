//! The body of requests that bring an address.

use finance_domain::{Email, InvalidEmail};
use serde::Deserialize;
use underpin_axum::Problem;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Address {
    email: String,
}

impl Address {
    /// The address, if it is one.
    ///
    /// # Errors
    /// 422 that names the field.
    pub(super) fn email(&self) -> Result<Email, Problem> {
        self.email.parse().map_err(|why: InvalidEmail| Problem::invalid("email", why.to_string()))
    }
}
