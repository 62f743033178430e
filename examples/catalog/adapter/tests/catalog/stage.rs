//! What every case needs: a catalogue with its table, and cars.

use catalog_adapter::{Catalog, history};
use catalog_domain::{Car, CarId, CatalogFilters, CatalogRepository, Paging, Price, Words};
use underpin::driver::Access;
use underpin::migrate::{ConnectionTarget, Destination, Runner};

use crate::scratch::Scratch;

const EMPTY: &str = "
TRUNCATE cars";

pub(crate) fn memory() -> Catalog {
    Catalog::memory().expect("the table agrees with itself")
}

/// A catalogue whose table the revisions have built.
pub(crate) async fn built(scratch: &Scratch) -> Catalog {
    let catalog = Catalog::connect(scratch.url()).await.expect("a scratch database");
    let history = history().expect("well-formed revisions");
    let connection = catalog.database().driver().acquire(Access::Write).await.expect("a connection");
    let mut target = ConnectionTarget::new(connection).expect("a database with revisions");
    Runner::new(&history).upgrade(&mut target, &Destination::head()).await.expect("the revisions run");
    catalog
}

pub(crate) async fn emptied(catalog: &Catalog) {
    let mut connection = catalog.database().driver().acquire(Access::Write).await.expect("a connection");
    connection.script(EMPTY).await.expect("the table is there");
}

pub(crate) fn words(text: &str) -> Words {
    text.parse().expect(text)
}

pub(crate) fn price(text: &str) -> Price {
    text.parse().expect(text)
}

pub(crate) fn car(make: &str, model: &str, year: i64, cost: &str) -> Car {
    let year = year.try_into().expect("a year");
    Car { id: CarId::new(), make: words(make), model: words(model), year, price: price(cost) }
}

/// A car of which only the price matters.
pub(crate) fn at(cost: &str) -> Car {
    car("Kia", "Rio", 2020, cost)
}

/// All that fit, on one page.
pub(crate) async fn found(catalog: &mut Catalog, filters: &CatalogFilters) -> Vec<Car> {
    let all = Paging::new(0, Paging::MOST.into()).expect("a page");
    catalog.search(filters, all).await.expect("the catalogue works")
}

pub(crate) async fn models(catalog: &mut Catalog, filters: &CatalogFilters) -> Vec<String> {
    let mut models: Vec<_> = found(catalog, filters).await.iter().map(|car| car.model.to_string()).collect();
    models.sort();
    models
}

/// Cars that come out of a number: the same for the same number, with many equal prices among them.
pub(crate) fn many(count: usize, mut seed: u64) -> Vec<Car> {
    // Numbers of a xorshift generator.
    let mut random = move |below: u64| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed % below
    };
    let mut draw = || {
        let make = ["Kia", "KIA", "Škoda", "škoda", "100%", "a_b", "O'Neil;"][random(7) as usize];
        let model = ["Rio", "rio", "X", "%"][random(4) as usize];
        let cost = ["0", "0.01", "9.99", "10", "100", "9999999999.99"][random(6) as usize];
        car(make, model, 1990 + random(8) as i64, cost)
    };
    (0..count).map(|_| draw()).collect()
}
