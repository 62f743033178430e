//! How a car is stored: car to row, row to car.

use catalog_domain::Car;
use underpin::{Entity, Events, MappingError};

use crate::Db;
use crate::row::CarRow;

impl Entity<Db> for Car {
    type Row = CarRow;

    // Both ways name every field: one more in the domain or in the table is a compile error here.

    fn to_row(&self) -> CarRow {
        let Self { id, make, model, year, price } = self;
        CarRow {
            id: id.to_string(),
            make: make.to_string(),
            model: model.to_string(),
            year: year.get().into(),
            price_mxn: price.amount(),
        }
    }

    fn from_row(row: CarRow) -> Result<Self, MappingError> {
        let CarRow { id, make, model, year, price_mxn } = row;
        Ok(Self {
            id: id.parse()?,
            make: make.parse()?,
            model: model.parse()?,
            year: i64::from(year).try_into()?,
            price: price_mxn.try_into()?,
        })
    }
}

/// Nobody is told of a car.
impl Events<Db> for Car {}
