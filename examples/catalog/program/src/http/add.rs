//! `POST /cars`: takes in a few cars, all of them or none.

use std::fmt::Display;
use std::str::FromStr;

use axum::http::StatusCode;
use catalog_adapter::{Cars, Db};
use catalog_domain::{Car, CarId, import_cars};
use serde::{Deserialize, Serialize};
use underpin_axum::{Json, Problem, RequestUnitOfWork};

use crate::car_shape::CarShape;

/// The most cars of one request.
const MOST: usize = 200;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Offer {
    cars: Vec<OfferedCar>,
}

/// A car without an id. Its price is a text, because a number in JSON is a float to many who write it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfferedCar {
    make: String,
    model: String,
    year: i64,
    price_mxn: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Taken {
    cars: Vec<CarShape>,
}

pub(super) async fn add(
    mut uow: RequestUnitOfWork<Db>,
    Json(offer): Json<Offer>,
) -> Result<(StatusCode, Json<Taken>), Problem> {
    if !(1..=MOST).contains(&offer.cars.len()) {
        return Err(Problem::invalid("cars", format!("it has not 1 to {MOST} cars")));
    }
    let cars = offer.cars.into_iter().enumerate().map(|(place, car)| car.taken(place));
    let cars = cars.collect::<Result<Vec<Car>, Problem>>()?;
    let taken = Taken { cars: cars.iter().map(CarShape::from).collect() };
    import_cars(&mut Cars::new(&mut uow), cars).await?;
    Ok((StatusCode::CREATED, Json(taken)))
}

impl OfferedCar {
    fn taken(self, place: usize) -> Result<Car, Problem> {
        Ok(Car {
            id: CarId::new(),
            make: parsed(place, "make", &self.make)?,
            model: parsed(place, "model", &self.model)?,
            year: self.year.try_into().map_err(|why| refused(place, "year", why))?,
            price: parsed(place, "price_mxn", &self.price_mxn)?,
        })
    }
}

fn parsed<T: FromStr<Err: Display>>(place: usize, field: &str, text: &str) -> Result<T, Problem> {
    text.parse().map_err(|why| refused(place, field, why))
}

fn refused(place: usize, field: &str, why: impl Display) -> Problem {
    Problem::invalid(format!("cars[{place}].{field}"), why.to_string())
}
