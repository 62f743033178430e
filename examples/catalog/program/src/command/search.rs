//! `catalog search`: lists the cars that fit.

use catalog_adapter::Catalog;
use catalog_domain::{Car, CatalogFilters, Page, Paging, browse_catalog, search_catalog};
use serde_json::json;

use crate::car_shape::CarShape;
use crate::cli::{Format, Search};
use crate::cursor::Cursor;
use crate::error::{End, Error};
use crate::output::{Column, Listing, note, shown};

const COLUMNS: [Column; 5] = [
    Column::right("PRICE", 13),
    Column::new("YEAR", 4),
    Column::new("MAKE", 14),
    Column::new("MODEL", 14),
    Column::last("ID"),
];

/// What is looked for, and which part of it.
pub(crate) struct Wanted {
    filters: CatalogFilters,
    part: Part,
    limit: u16,
}

enum Part {
    Offset(Paging),
    Behind(Page),
}

impl Wanted {
    /// # Errors
    /// If nothing can fit, or there is no such part.
    pub(crate) fn of(search: &Search) -> Result<Self, Error> {
        let mut filters = CatalogFilters::new();
        if let Some(make) = &search.make {
            filters = filters.make(make.clone());
        }
        if let Some(model) = &search.model {
            filters = filters.model(model.clone());
        }
        let filters = filters
            .years(search.year_from, search.year_to)
            .and_then(|filters| filters.prices(search.price_from, search.price_to))
            .map_err(|why| Error::mistake(why, "give the lower one first, or leave one of them out"))?;
        let wrong = |why| Error::mistake(why, "see `catalog search --help`");
        let paging = Paging::new(search.offset, search.limit).map_err(wrong)?;
        let page = Page::first(search.limit).map_err(wrong)?;
        let part = match search.after {
            Some(cursor) => Part::Behind(cursor.page(page)),
            None => Part::Offset(paging),
        };
        Ok(Self { filters, part, limit: paging.limit() })
    }
}

pub(crate) async fn run(mut catalog: Catalog, wanted: &Wanted, format: Format) -> Result<End, Error> {
    let cars = match wanted.part {
        Part::Offset(paging) => search_catalog(&mut catalog, &wanted.filters, paging).await?,
        Part::Behind(page) => browse_catalog(&mut catalog, &wanted.filters, page).await?.0,
    };
    let mut listing = Listing::begin(format, &COLUMNS)?;
    cars.iter().try_for_each(|car| listing.push(|| cells(car), || json!(CarShape::from(car))))?;
    listing.end()?;
    if let Some(next) = Cursor::behind(&cars, wanted.limit) {
        note(&format!("the next page: --after {next}"));
    }
    Ok(End::Done)
}

fn cells(car: &Car) -> [String; 5] {
    let Car { id, make, model, year, price } = car;
    [price.to_string(), year.to_string(), shown(make.as_str()), shown(model.as_str()), id.to_string()]
}
