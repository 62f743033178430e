//! A filter lets through what it says, and nothing else.

use catalog_adapter::Catalog;
use catalog_domain::{CatalogFilters, CatalogRepository, ModelYear};

use crate::stage::{car, found, many, models, price, words};

fn year(year: i64) -> Option<ModelYear> {
    Some(year.try_into().expect("a year"))
}

pub(crate) async fn each_filter_does_what_it_says(catalog: &mut Catalog) {
    let cars = vec![
        car("Kia", "A", 1999, "10"),
        car("Kia", "B", 2000, "20"),
        car("Seat", "C", 2001, "30"),
        car("Seat", "A", 2002, "40"),
    ];
    catalog.add(cars).await.expect("the catalogue works");
    let all = CatalogFilters::new;
    for (filters, expected) in [
        (Ok(all()), &["A", "A", "B", "C"][..]),
        (Ok(all().make(words("Kia"))), &["A", "B"]),
        (Ok(all().model(words("A"))), &["A", "A"]),
        (all().years(year(2000), year(2001)), &["B", "C"]),
        (all().years(year(2001), None), &["A", "C"]),
        (all().years(None, year(1999)), &["A"]),
        (all().prices(Some(price("20")), Some(price("30"))), &["B", "C"]),
        (all().prices(Some(price("30.01")), None), &["A"]),
        (all().prices(None, Some(price("9.99"))), &[]),
        (Ok(all().make(words("Ki"))), &[]),
    ] {
        let filters = filters.expect("filters");
        assert_eq!(models(catalog, &filters).await, expected, "{filters:?}");
    }
}

pub(crate) async fn filters_hold_together(catalog: &mut Catalog) {
    let cars = vec![
        car("Kia", "Rio", 2000, "20"),
        car("Kia", "Rio", 2000, "21"),
        car("Kia", "Rio", 2001, "20"),
        car("Kia", "Ceed", 2000, "20"),
        car("Seat", "Rio", 2000, "20"),
    ];
    catalog.add(cars.clone()).await.expect("the catalogue works");
    let filters = CatalogFilters::new().make(words("kia")).model(words("RIO"));
    let filters = filters.years(year(2000), year(2000)).expect("a range");
    let filters = filters.prices(None, Some(price("20"))).expect("a range");
    assert_eq!(found(catalog, &filters).await, cars[..1]);
}

pub(crate) async fn random_looks_find_what_the_domain_says(catalog: &mut Catalog) {
    let cars = many(80, 0x5eed);
    catalog.add(cars.clone()).await.expect("the catalogue works");
    let makes = [None, Some("kia"), Some("ŠKODA"), Some("100%"), Some("A_B"), Some("%")];
    for (number, make) in makes.iter().cycle().take(36).enumerate() {
        let mut filters = CatalogFilters::new();
        if let Some(make) = make {
            filters = filters.make(words(make));
        }
        if number % 2 == 0 {
            filters = filters.model(words(["RIO", "%", "x"][number % 3]));
        }
        let from = 1988 + number as i64 % 7;
        filters = filters.years(year(from), year(from + 5)).expect("a range");
        filters = filters.prices(Some(price(["0", "0.01", "10"][number % 3])), None).expect("a range");
        let mut expected: Vec<_> = cars.iter().filter(|car| filters.fits(car)).cloned().collect();
        expected.sort_by_key(|car| (car.price, car.id));
        assert_eq!(found(catalog, &filters).await, expected, "{filters:?}");
    }
}
