//! The plain value of a secret, in a type that never prints it.

use std::fmt;
use std::hint::black_box;

/// The plain value of a secret.
///
/// `Debug` does not show it, and there is no `Display`, no `Clone` and no comparison: it can be read in one way only,
/// by the method whose name can be searched for. When it is dropped, its bytes are overwritten.
///
/// ```
/// let value = finance_domain::SecretValue::new("hunter2");
/// assert_eq!(format!("{value:?}"), "SecretValue(redacted)");
/// ```
///
/// ```compile_fail,E0277
/// let value = finance_domain::SecretValue::new("hunter2");
/// let shown = format!("{value}");
/// ```
pub struct SecretValue(String);

impl SecretValue {
    /// Takes a plain value in.
    #[must_use]
    pub fn new(plain: impl Into<String>) -> Self {
        Self(plain.into())
    }

    /// The plain value, for the one who encrypts it or sends it where it belongs.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl Drop for SecretValue {
    fn drop(&mut self) {
        let mut bytes = std::mem::take(&mut self.0).into_bytes();
        bytes.fill(0);
        // As far as a compiler can tell somebody looks, so that it must not leave the zeros out.
        black_box(&bytes);
    }
}

impl fmt::Debug for SecretValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretValue(redacted)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_is_read_by_name_and_printed_by_nobody() {
        let value = SecretValue::new("hunter2");
        assert_eq!(value.expose(), "hunter2");
        assert!(!format!("{value:?} {value:#?} {:?}", Some(&value)).contains("hunter2"));
    }
}
