//! Where somebody lives.

/// Where somebody lives, as far as it could be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Address {
    /// Street and number.
    pub street: Option<String>,
    /// The town.
    pub city: Option<String>,
    /// The state or province.
    pub region: Option<String>,
    /// The postal code.
    pub postal_code: Option<String>,
    /// The country.
    pub country: Option<String>,
}
