//! A key ring from a variable of the environment.

use std::env::{self, VarError};

use zeroize::Zeroizing;

use super::KeyRing;
use crate::SecretsError;

impl KeyRing {
    /// Reads the ring that stands in a variable, or `None` if there is no such variable, or nothing in it.
    ///
    /// # Errors
    /// If what stands there is no ring; it names the variable.
    pub fn from_environment(variable: &str) -> Result<Option<Self>, SecretsError> {
        let text = match env::var(variable) {
            Ok(text) => Zeroizing::new(text),
            Err(VarError::NotPresent) => return Ok(None),
            Err(VarError::NotUnicode(_)) => Zeroizing::new("?".to_owned()),
        };
        if text.trim().is_empty() {
            return Ok(None);
        }
        Self::parse(&text).map(Some).map_err(|error| error.within(format!("the variable {variable}")))
    }
}
