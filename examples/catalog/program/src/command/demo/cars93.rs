//! Real cars for the demo: 93 that were on sale in the USA in 1993.

use std::io::BufRead;

use catalog_domain::{Car, CarId, Price};
use rust_decimal::Decimal;

use crate::error::Error;

const FILE: &str = include_str!("../../../../data/cars93.csv");

/// How many pesos are taken for a thousand dollars. A fixed rate, so that the demo shows the same at any time.
const PESOS: i64 = 17_500;

/// The cars of the file, their prices converted exactly.
pub(super) fn cars() -> Result<Vec<Car>, Error> {
    let broken = |what: &str| Error::refused(format!("data/cars93.csv: {what}"), "report this as a defect");
    let lines = FILE.as_bytes().lines().skip(1).map_while(Result::ok);
    lines
        .map(|line| {
            let fields: Vec<&str> = line.split(',').collect();
            let [make, model, _, year, thousand_dollars, _] = fields[..] else {
                return Err(broken("a line has not six columns"));
            };
            Ok(Car {
                id: CarId::new(),
                make: make.parse().map_err(|_| broken("a make"))?,
                model: model.parse().map_err(|_| broken("a model"))?,
                year: year.parse().map_err(|_| broken("a year"))?,
                price: pesos(thousand_dollars).ok_or_else(|| broken("a price"))?,
            })
        })
        .collect()
}

fn pesos(thousand_dollars: &str) -> Option<Price> {
    let dollars = Decimal::from_str_exact(thousand_dollars).ok()?;
    dollars.checked_mul(Decimal::from(PESOS))?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_of_them_are_cars() {
        let cars = cars().expect("the file is well formed");
        assert_eq!(cars.len(), 93);
        let acura = &cars[0];
        assert_eq!((acura.make.as_str(), acura.model.as_str()), ("Acura", "Integra"));
        assert_eq!((acura.year.get(), acura.price.to_string().as_str()), (1993, "278250.00"));
    }
}
