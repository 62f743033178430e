//! What the cars of a make cost.

use rust_decimal::Decimal;

use crate::{Price, Words};

/// What the cars of one make cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MakeStatistics {
    /// Who made them.
    pub make: Words,
    /// How many there are; at least one.
    pub cars: u64,
    /// The lowest price.
    pub lowest: Price,
    /// The average, rounded half away from zero to two digits behind the point.
    pub average: Decimal,
    /// The highest price.
    pub highest: Price,
}
