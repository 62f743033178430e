//! How a field of a row becomes a column value, for types that the adapter does not own.

use super::Value;

/// Stores a `T` as another type that is a [`Value`]. It is a type of the adapter, so `T` may live in a domain crate
/// that knows nothing of storage.
///
/// ```
/// use underpin_core::{CellError, Codec};
/// # mod domain { #[derive(Clone)] pub struct Email(pub String); }
/// struct EmailAsText;
///
/// impl Codec<domain::Email> for EmailAsText {
///     type Stored = String;
///     fn store(email: &domain::Email) -> String {
///         email.0.clone()
///     }
///     fn load(text: String) -> Result<domain::Email, CellError> {
///         if text.contains('@') { Ok(domain::Email(text)) } else { Err(CellError::Malformed("an email")) }
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say how to store a `{T}`",
    note = "implement `underpin::Codec<{T}>` for `{Self}`"
)]
pub trait Codec<T>: 'static {
    /// What the column holds.
    type Stored: Value;

    /// The stored form.
    fn store(value: &T) -> Self::Stored;

    /// The value of a stored form.
    ///
    /// # Errors
    /// If the stored form is not one of a `T`.
    fn load(stored: Self::Stored) -> Result<T, crate::CellError>;
}

/// The codec of a field that is a [`Value`] itself.
#[derive(Debug, Clone, Copy)]
pub struct Plain;

#[diagnostic::do_not_recommend]
impl<T: Value> Codec<T> for Plain {
    type Stored = T;

    fn store(value: &T) -> T {
        value.clone()
    }

    fn load(stored: T) -> Result<T, crate::CellError> {
        Ok(stored)
    }
}
