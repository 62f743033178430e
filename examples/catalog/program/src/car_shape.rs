//! A car as JSON. The spelling is a promise to whoever reads it: change it by adding only.

use catalog_domain::{Car, MakeStatistics};
use serde::Serialize;

/// A car. Its price is a text, because a number in JSON is a float to many who read it.
#[derive(Debug, Serialize)]
pub(crate) struct CarShape {
    id: String,
    make: String,
    model: String,
    year: u16,
    price_mxn: String,
}

impl From<&Car> for CarShape {
    fn from(Car { id, make, model, year, price }: &Car) -> Self {
        Self {
            id: id.to_string(),
            make: make.to_string(),
            model: model.to_string(),
            year: year.get(),
            price_mxn: price.to_string(),
        }
    }
}

/// What the cars of a make cost.
#[derive(Debug, Serialize)]
pub(crate) struct MakeShape {
    make: String,
    cars: u64,
    lowest_mxn: String,
    average_mxn: String,
    highest_mxn: String,
    total_mxn: String,
}

impl From<&MakeStatistics> for MakeShape {
    fn from(of: &MakeStatistics) -> Self {
        Self {
            make: of.make.to_string(),
            cars: of.cars,
            lowest_mxn: of.lowest.to_string(),
            average_mxn: of.average().to_string(),
            highest_mxn: of.highest.to_string(),
            total_mxn: of.total.to_string(),
        }
    }
}
