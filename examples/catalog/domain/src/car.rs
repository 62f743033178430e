//! A car on sale.

use underpin_id::{Id, Prefix};

use crate::{ModelYear, Price, Words};

/// The id of a car: `car_` and 26 letters and digits.
pub type CarId = Id<Car>;

/// A car on sale. Which car it is its id says; everything else may be the same for two of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Car {
    /// Its id.
    pub id: CarId,
    /// Who made it.
    pub make: Words,
    /// What its maker calls it.
    pub model: Words,
    /// The year of its model.
    pub year: ModelYear,
    /// What it costs, in Mexican pesos.
    pub price: Price,
}

impl Prefix for Car {
    const PREFIX: &'static str = "car";
}
