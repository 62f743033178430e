//! Prices are exact, compare and sort as numbers, and add up exactly, on SQLite too.

use catalog_adapter::row::CarRow;
use catalog_adapter::{Catalog, Db};
use catalog_domain::{Car, CatalogFilters, CatalogRepository};
use underpin::{Entity, Events, MappingError, Table};

use crate::stage::{at, found, price};

async fn prices(catalog: &mut Catalog, filters: &CatalogFilters) -> Vec<String> {
    found(catalog, filters).await.iter().map(|car| car.price.to_string()).collect()
}

pub(crate) async fn the_extremes_survive(catalog: &mut Catalog) {
    catalog.add(["9999999999.99", "0.01", "0"].map(at).to_vec()).await.expect("the catalogue works");
    assert_eq!(prices(catalog, &CatalogFilters::new()).await, ["0.00", "0.01", "9999999999.99"]);
}

pub(crate) async fn prices_are_ordered_as_numbers(catalog: &mut Catalog) {
    let cars = ["100", "9.9", "20", "9.10", "9999999999.99", "1000", "9.09"].map(at);
    catalog.add(cars.to_vec()).await.expect("the catalogue works");
    let ordered = ["9.09", "9.10", "9.90", "20.00", "100.00", "1000.00", "9999999999.99"];
    assert_eq!(prices(catalog, &CatalogFilters::new()).await, ordered);
}

pub(crate) async fn prices_are_compared_as_numbers(catalog: &mut Catalog) {
    catalog.add(["9.99", "10", "100", "10.01"].map(at).to_vec()).await.expect("the catalogue works");
    for (from, to, expected) in [
        (Some("9.99"), Some("10.00"), &["9.99", "10.00"][..]),
        (Some("10"), None, &["10.00", "10.01", "100.00"]),
        (None, Some("10.0"), &["9.99", "10.00"]),
        (Some("10.01"), Some("10.01"), &["10.01"]),
        (Some("10.02"), Some("99.99"), &[]),
    ] {
        let filters = CatalogFilters::new().prices(from.map(price), to.map(price)).expect("a range");
        assert_eq!(prices(catalog, &filters).await, expected, "{from:?} to {to:?}");
    }
}

pub(crate) async fn prices_add_up_exactly(catalog: &mut Catalog) {
    // In floats 0.1 and 0.2 are not 0.3, and a cent beside nine billion is lost in a sum of many.
    let mut cars = vec![at("0.1"), at("0.2")];
    cars.extend((0..100).map(|_| at("9999999999.99")));
    catalog.add(cars).await.expect("the catalogue works");
    let statistics = catalog.statistics().await.expect("the catalogue works");
    assert_eq!(statistics.len(), 1);
    assert_eq!(statistics[0].total.to_string(), "999999999999.30");
    assert_eq!(statistics[0].average().to_string(), "9803921568.62");
}

/// A row whose price the domain would not have.
struct TooFine(CarRow);

impl Entity<Db> for TooFine {
    type Row = CarRow;

    fn to_row(&self) -> CarRow {
        self.0.duplicate()
    }

    fn from_row(row: CarRow) -> Result<Self, MappingError> {
        Ok(Self(row))
    }
}

impl Events<Db> for TooFine {}

pub(crate) async fn what_is_too_fine_is_refused_by_the_table_too(catalog: &mut Catalog) {
    let good: CarRow = <Car as Entity<Db>>::to_row(&at("1"));
    for (digits, scale) in [(1_005, 3), (1_000_000_000_000, 2)] {
        let price_mxn = rust_decimal::Decimal::new(digits, scale);
        let mut row = TooFine(CarRow { price_mxn, ..good.duplicate() });
        let mut uow = catalog.database().begin().await.expect("a unit of work");
        let added = uow.add(&mut row).map(drop);
        let error = match added {
            Ok(()) => uow.commit().await.expect_err("nothing is rounded in silence"),
            Err(error) => error,
        };
        assert!(error.is_value(), "{error:?}");
    }
    assert!(found(catalog, &CatalogFilters::new()).await.is_empty());
}
