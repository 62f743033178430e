//! Cars are kept as the domain has them, all that come together or none.

use catalog_adapter::row::CarRow;
use catalog_adapter::{Cars, Catalog, Db};
use catalog_domain::{Car, CarId, CatalogFilters, CatalogRepository, Paging, import_cars, search_catalog};
use underpin::{Entity, Events, MappingError, Table};

use crate::stage::{at, car, found};

pub(crate) async fn a_car_is_kept_as_it_is(catalog: &mut Catalog) {
    let cars = [
        car("Alfa Romeo", "Giulia", 2021, "749999.90"),
        car(&"ü".repeat(100), "100% \"electric\"; DROP TABLE cars --", 1886, "0"),
        car("מכונית", "\\_%'", 2100, "9999999999.99"),
    ];
    assert_eq!(import_cars(catalog, cars.to_vec()).await.expect("the catalogue works"), 3);
    for car in &cars {
        assert_eq!(catalog.get(car.id).await.expect("the catalogue works").as_ref(), Some(car));
        assert!(found(catalog, &CatalogFilters::new()).await.contains(car));
    }
    assert_eq!(catalog.get(CarId::new()).await.expect("the catalogue works"), None);
}

pub(crate) async fn cars_are_taken_in_together_or_not_at_all(catalog: &mut Catalog) {
    let first = at("1");
    catalog.add(vec![first.clone()]).await.expect("the catalogue works");
    let error = catalog.add(vec![at("2"), first, at("3")]).await.expect_err("one is there");
    assert!(error.is_unique_violation(), "{error:?}");
    assert_eq!(found(catalog, &CatalogFilters::new()).await.len(), 1);
    catalog.add(Vec::new()).await.expect("none is no mistake");
}

pub(crate) async fn what_is_dropped_has_never_been(catalog: &mut Catalog) {
    let mut uow = catalog.database().begin().await.expect("a unit of work");
    Cars::new(&mut uow).add(vec![at("1")]).await.expect("a new car");
    uow.flush().await.expect("the table takes it");
    drop(uow);
    assert!(found(catalog, &CatalogFilters::new()).await.is_empty());
}

pub(crate) async fn a_unit_of_work_sees_what_it_has_added_when_it_is_flushed(catalog: &mut Catalog) {
    let car = car("Kia", "Rio", 2020, "1");
    let kia = CatalogFilters::new().make("KIA".parse().expect("words"));
    let mut uow = catalog.database().begin().await.expect("a unit of work");
    Cars::new(&mut uow).add(vec![car.clone()]).await.expect("a new car");
    uow.flush().await.expect("the table takes it");
    let mut cars = Cars::new(&mut uow);
    assert_eq!(
        search_catalog(&mut cars, &kia, Paging::default()).await.expect("a look"),
        std::slice::from_ref(&car)
    );
    assert_eq!(cars.statistics().await.expect("a look").len(), 1);
    uow.commit().await.expect("the catalogue works");
    assert_eq!(found(catalog, &kia).await, [car]);
}

/// A row of `cars` without the rules of the domain.
struct Anything(CarRow);

impl Entity<Db> for Anything {
    type Row = CarRow;

    fn to_row(&self) -> CarRow {
        self.0.duplicate()
    }

    fn from_row(row: CarRow) -> Result<Self, MappingError> {
        Ok(Self(row))
    }
}

impl Events<Db> for Anything {}

pub(crate) async fn a_row_that_is_no_car_is_an_error_that_does_not_quote_it(catalog: &mut Catalog) {
    let good: CarRow = <Car as Entity<Db>>::to_row(&at("1"));
    let mut bad = Anything(CarRow { make: "hunter2\u{7}2".to_owned(), ..good });
    let mut uow = catalog.database().begin().await.expect("a unit of work");
    uow.add(&mut bad).expect("a new row");
    uow.commit().await.expect("the table takes it");
    let look = catalog.search(&CatalogFilters::new(), Paging::default()).await.expect_err("that is no car");
    let statistics = catalog.statistics().await.expect_err("that is no make");
    for error in [look, statistics] {
        assert!(error.is_value() && error.hint().is_some(), "{error:?}");
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
    }
}
