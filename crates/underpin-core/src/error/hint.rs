//! What to do about an error of somebody else, and that its words may be shown.

use std::borrow::Cow;
use std::fmt;

/// What to do about an error, as its [`source`](std::error::Error::source).
///
/// An error whose source this is vouches for what it says: no stored value is in it. So it may be shown where of other
/// errors no more than the type is, such as in a mapping.
///
/// ```
/// use underpin_core::Hint;
///
/// #[derive(Debug)]
/// struct UnknownCurrency;
///
/// impl std::fmt::Display for UnknownCurrency {
///     fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
///         f.write_str("the currency is not one of this program")
///     }
/// }
///
/// impl std::error::Error for UnknownCurrency {
///     fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
///         static HINT: Hint = Hint::new("add it to `Currency`");
///         Some(&HINT)
///     }
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint(Cow<'static, str>);

impl Hint {
    /// For the text given.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self(Cow::Borrowed(text))
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl From<&'static str> for Hint {
    fn from(text: &'static str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Hint {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<Hint> for Cow<'static, str> {
    fn from(hint: Hint) -> Self {
        hint.0
    }
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Hint {}
