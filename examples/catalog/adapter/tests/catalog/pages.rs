//! The order is total, so that pages neither repeat nor skip a car.

use catalog_adapter::Catalog;
use catalog_domain::{Car, CatalogFilters, CatalogRepository, Page, Paging, browse_catalog};

use crate::stage::{at, car, found, many, words};

async fn by_offset(catalog: &mut Catalog, filters: &CatalogFilters, limit: usize) -> Vec<Vec<Car>> {
    let mut pages = Vec::new();
    loop {
        let paging = Paging::new((pages.len() * limit) as i64, limit as i64).expect("a page");
        let page = catalog.search(filters, paging).await.expect("the catalogue works");
        if page.is_empty() {
            return pages;
        }
        pages.push(page);
    }
}

async fn by_key(catalog: &mut Catalog, filters: &CatalogFilters, limit: usize) -> Vec<Vec<Car>> {
    let mut pages = Vec::new();
    let mut next = Some(Page::first(limit as i64).expect("a page"));
    while let Some(page) = next {
        let (cars, following) = browse_catalog(catalog, filters, page).await.expect("the catalogue works");
        if !cars.is_empty() {
            pages.push(cars);
        }
        next = following;
    }
    pages
}

pub(crate) async fn the_order_is_total(catalog: &mut Catalog) {
    let mut cars =
        [&["5"; 30][..], &["4.99"; 5], &["10"; 5]].concat().into_iter().map(at).collect::<Vec<_>>();
    catalog.add(cars.iter().rev().cloned().collect()).await.expect("the catalogue works");
    cars.sort_by_key(|car| (car.price, car.id));
    for _ in 0..3 {
        assert_eq!(found(catalog, &CatalogFilters::new()).await, cars);
    }
}

pub(crate) async fn pages_of_random_cars_repeat_and_skip_nothing(catalog: &mut Catalog) {
    for seed in 1..4 {
        let cars = many(30, seed);
        catalog.add(cars).await.expect("the catalogue works");
    }
    let mut all = found(catalog, &CatalogFilters::new()).await;
    all.sort_by_key(|car| car.id);
    assert_eq!(all.len(), 90);
    for limit in [1, 7, 45, 90, 200] {
        let mut seen = by_offset(catalog, &CatalogFilters::new(), limit).await.concat();
        seen.sort_by_key(|car| car.id);
        assert_eq!(seen, all, "pages of {limit}");
    }
}

pub(crate) async fn pages_by_key_are_those_by_offset(catalog: &mut Catalog) {
    catalog.add(many(40, 0xca7)).await.expect("the catalogue works");
    let filters = CatalogFilters::new();
    for filters in [filters.clone(), filters.clone().make(words("kia")), filters.make(words("nobody"))] {
        for limit in [1, 7, 20, 200] {
            let by_key = by_key(catalog, &filters, limit).await;
            assert_eq!(by_key, by_offset(catalog, &filters, limit).await, "pages of {limit}");
        }
    }
}

pub(crate) async fn a_page_by_key_stands_while_cars_come_and_go_before_it(catalog: &mut Catalog) {
    catalog.add(["1", "2", "3", "4"].map(at).to_vec()).await.expect("the catalogue works");
    let filters = CatalogFilters::new();
    let first = Page::first(2).expect("a page");
    let (_, next) = browse_catalog(catalog, &filters, first).await.expect("the catalogue works");
    catalog.add(vec![car("Kia", "new", 2000, "0.5")]).await.expect("the catalogue works");
    let next = next.expect("the page was full");
    let (cars, _) = browse_catalog(catalog, &filters, next).await.expect("the catalogue works");
    let prices: Vec<_> = cars.iter().map(|car| car.price.to_string()).collect();
    assert_eq!(prices, ["3.00", "4.00"]);
}
