//! Where somebody lives.

use crate::Words;

/// Where somebody lives, as far as it could be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Address {
    /// Street and number.
    pub street: Option<Words>,
    /// The town.
    pub city: Option<Words>,
    /// The state or province.
    pub region: Option<Words>,
    /// The postal code.
    pub postal_code: Option<Words>,
    /// The country.
    pub country: Option<Words>,
}
