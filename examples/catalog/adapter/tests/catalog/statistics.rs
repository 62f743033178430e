//! What cars cost, make by make.

use catalog_adapter::Catalog;
use catalog_domain::{CatalogRepository, price_statistics};

use crate::stage::car;

pub(crate) async fn each_make_has_its_own(catalog: &mut Catalog) {
    let cars = vec![
        car("Seat", "Ibiza", 2000, "10"),
        car("Kia", "Rio", 2000, "1.00"),
        car("kia", "Rio", 2000, "7"),
        car("Kia", "Ceed", 2001, "1.01"),
        car("Kia", "Rio", 2002, "1.00"),
        car("Škoda", "Fabia", 2002, "9999999999.99"),
    ];
    catalog.add(cars).await.expect("the catalogue works");
    let told: Vec<_> = price_statistics(catalog).await.expect("the catalogue works");
    let told: Vec<_> = told
        .iter()
        .map(|of| {
            format!("{} {} {} {} {} {}", of.make, of.cars, of.lowest, of.average(), of.highest, of.total)
        })
        .collect();
    assert_eq!(
        told,
        [
            "Kia 3 1.00 1.00 1.01 3.01",
            "Seat 1 10.00 10.00 10.00 10.00",
            "kia 1 7.00 7.00 7.00 7.00",
            "Škoda 1 9999999999.99 9999999999.99 9999999999.99 9999999999.99",
        ]
    );
}

pub(crate) async fn of_no_car_there_are_none(catalog: &mut Catalog) {
    assert!(price_statistics(catalog).await.expect("the catalogue works").is_empty());
}
