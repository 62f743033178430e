//! Text in a filter is text, whatever stands in it.

use catalog_adapter::Catalog;
use catalog_domain::{CatalogFilters, CatalogRepository};

use crate::stage::{car, models, words};

pub(crate) async fn capital_letters_do_not_matter(catalog: &mut Catalog) {
    let cars = vec![
        car("Škoda", "1", 2000, "1"),
        car("ŠKODA", "2", 2000, "1"),
        car("skoda", "3", 2000, "1"),
        car("BMW", "M3 Touring", 2000, "1"),
    ];
    catalog.add(cars).await.expect("the catalogue works");
    let all = CatalogFilters::new;
    assert_eq!(models(catalog, &all().make(words("škoda"))).await, ["1", "2"]);
    assert_eq!(models(catalog, &all().make(words("SKODA"))).await, ["3"]);
    assert_eq!(models(catalog, &all().make(words("bMw"))).await, ["M3 Touring"]);
    assert_eq!(models(catalog, &all().model(words("m3 tOURING"))).await, ["M3 Touring"]);
    assert_eq!(
        models(catalog, &all().make(words(" bmw "))).await,
        ["M3 Touring"],
        "blanks are no part of it"
    );
}

/// What a pattern, a quotation or a command would be, if text were not text.
const STRANGE: [&str; 14] = [
    "%",
    "_",
    "a%",
    "a_c",
    "\\",
    "\\%",
    "'",
    "''",
    "\"",
    ";",
    "'; DROP TABLE cars; --",
    "$1",
    "?",
    "x' OR '1'='1",
];

pub(crate) async fn text_finds_only_itself(catalog: &mut Catalog) {
    let mut cars: Vec<_> = STRANGE.iter().map(|text| car(text, text, 2000, "1")).collect();
    cars.push(car("abc", "abc", 2000, "1"));
    catalog.add(cars).await.expect("the catalogue works");
    for text in STRANGE {
        assert_eq!(models(catalog, &CatalogFilters::new().make(words(text))).await, [text]);
        assert_eq!(models(catalog, &CatalogFilters::new().model(words(text))).await, [text]);
    }
    assert!(models(catalog, &CatalogFilters::new().make(words("a%c"))).await.is_empty());
    assert!(models(catalog, &CatalogFilters::new().make(words("ab"))).await.is_empty());
}
