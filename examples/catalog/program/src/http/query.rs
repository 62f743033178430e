//! The query of `GET /cars`: each parameter is read by the domain, and what it refuses names the parameter.

use catalog_domain::{CatalogFilters, InvalidFilters, InvalidPaging, ModelYear, Page, Paging, Price, Words};
use serde::Deserialize;
use underpin_axum::{Problem, optional_from_text};

use crate::cursor::Cursor;

/// How many cars there are on a page if nothing is said.
const LIMIT: i64 = 20;

/// The query. A parameter that is not known is refused: a misspelt filter must not find everything.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CarQuery {
    #[serde(default, deserialize_with = "optional_from_text")]
    make: Option<Words>,
    #[serde(default, deserialize_with = "optional_from_text")]
    model: Option<Words>,
    #[serde(default, deserialize_with = "optional_from_text")]
    year_from: Option<ModelYear>,
    #[serde(default, deserialize_with = "optional_from_text")]
    year_to: Option<ModelYear>,
    #[serde(default, deserialize_with = "optional_from_text")]
    price_from: Option<Price>,
    #[serde(default, deserialize_with = "optional_from_text")]
    price_to: Option<Price>,
    limit: Option<i64>,
    offset: Option<i64>,
    #[serde(default, deserialize_with = "optional_from_text")]
    after: Option<Cursor>,
}

/// Which part of the result is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// By its number.
    Offset(Paging),
    /// Behind a place.
    Behind(Page),
}

impl CarQuery {
    /// Which part is wanted, and how many at most.
    ///
    /// # Errors
    /// 422 that names the parameter.
    pub(super) fn part(&self) -> Result<(Part, u16), Problem> {
        let limit = self.limit.unwrap_or(LIMIT);
        let paging = Paging::new(self.offset.unwrap_or(0), limit).map_err(refused)?;
        let page = Page::first(limit).map_err(refused)?;
        let part = match self.after {
            Some(_) if self.offset.is_some() => {
                return Err(Problem::invalid("offset", "it cannot be given together with after"));
            }
            Some(cursor) => Part::Behind(cursor.page(page)),
            None => Part::Offset(paging),
        };
        Ok((part, paging.limit()))
    }

    /// What is looked for.
    ///
    /// # Errors
    /// 422 that names the parameter.
    pub(super) fn filters(self) -> Result<CatalogFilters, Problem> {
        let mut filters = CatalogFilters::new();
        if let Some(make) = self.make {
            filters = filters.make(make);
        }
        if let Some(model) = self.model {
            filters = filters.model(model);
        }
        filters
            .years(self.year_from, self.year_to)
            .and_then(|filters| filters.prices(self.price_from, self.price_to))
            .map_err(|why| {
                let field = if why == InvalidFilters::Years { "year_from" } else { "price_from" };
                Problem::invalid(field, why.to_string())
            })
    }
}

fn refused(why: InvalidPaging) -> Problem {
    let field = if why == InvalidPaging::Offset { "offset" } else { "limit" };
    Problem::invalid(field, why.to_string())
}
