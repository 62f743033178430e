//! The rows of the lot.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use rust_decimal::Decimal;
use underpin::{Entity, Events, Json, MappingError, Table};

use super::Lot;

/// Who owns cars; some have a boss.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "owners")]
pub struct OwnerRow {
    #[column(primary_key)]
    pub id: i64,
    pub name: String,
    #[column(references = OwnerRow::ID)]
    pub boss: Option<i64>,
}

/// A car.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "cars")]
pub struct CarRow {
    #[column(primary_key)]
    pub id: i64,
    #[column(length = 40)]
    pub make: String,
    pub model: String,
    pub year: i32,
    #[column(precision = 12, scale = 2)]
    pub price: Decimal,
    #[column(precision = 5, scale = 4)]
    pub tax: Decimal,
    pub mileage: Option<i32>,
    pub rating: Option<f64>,
    pub sold: bool,
    #[column(references = OwnerRow::ID)]
    pub owner: Option<i64>,
    pub day: Date,
    pub listed: Timestamp,
    pub tags: Vec<String>,
    pub details: Json<serde_json::Value>,
}

/// The rows of a query that walks down from boss to boss.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "tree")]
pub struct TreeRow {
    #[column(primary_key)]
    pub id: i64,
    pub depth: i64,
}

/// The row itself as an entity.
#[derive(Debug, Clone, PartialEq)]
pub struct Car(pub CarRow);

impl Entity<Lot> for Car {
    type Row = CarRow;

    fn to_row(&self) -> CarRow {
        self.0.clone()
    }

    fn from_row(row: CarRow) -> Result<Self, MappingError> {
        Ok(Self(row))
    }
}

impl Events<Lot> for Car {}

/// The owners.
#[must_use]
pub fn owners() -> Vec<OwnerRow> {
    let owner = |id, name: &str, boss| OwnerRow { id, name: name.to_owned(), boss };
    vec![owner(1, "Ann", None), owner(2, "Bob", Some(1)), owner(3, "Cid", Some(1)), owner(4, "Dee", Some(2))]
}

/// The cars.
#[must_use]
pub fn cars() -> Vec<CarRow> {
    let car = |id, make: &str, model: &str, year, price: &str, mileage, owner| CarRow {
        id,
        make: make.to_owned(),
        model: model.to_owned(),
        year,
        price: price.parse().unwrap(),
        tax: Decimal::new(1_600, 4),
        mileage,
        rating: mileage.map(|mileage| f64::from(mileage) / 16.0),
        sold: id % 2 == 0,
        owner,
        day: date(2019, 1, 1),
        listed: "2020-02-29T23:30:15.25Z".parse().unwrap(),
        tags: Vec::new(),
        details: Json(serde_json::json!({})),
    };
    let tags = |tags: &[&str]| tags.iter().map(|tag| (*tag).to_owned()).collect();
    vec![
        CarRow {
            day: date(2020, 2, 29),
            tags: tags(&["red", "fast"]),
            details: Json(serde_json::json!({"color": "red", "doors": 4, "extras": ["abs", "gps"]})),
            ..car(1, "Audi", "A4", 2018, "25000.50", Some(60_000), Some(1))
        },
        CarRow { day: date(2021, 1, 3), ..car(2, "Audi", "A6", 2020, "41000.00", None, Some(2)) },
        CarRow {
            day: date(2015, 8, 31),
            tags: tags(&["electric", "it's"]),
            details: Json(serde_json::json!({"color": null, "a.b": {"$[0]": true}, "electric": true})),
            ..car(3, "BMW", "i3", 2015, "15999.99", Some(120_000), None)
        },
        CarRow { tags: tags(&["red"]), ..car(4, "bmw", "X5_100%", 2021, "88000.00", Some(10), Some(1)) },
        car(5, "Škoda", "Octavia", 2012, "7000.00", Some(200_000), None),
    ]
}
