//! The query of `GET /cars`: each parameter is read by the domain, and what it refuses names the parameter.

use std::fmt::Display;
use std::str::FromStr;

use catalog_domain::{CatalogFilters, InvalidFilters, InvalidPaging, Page, Paging};
use underpin_axum::Problem;

use crate::cursor::Cursor;

/// How many cars there are on a page if nothing is said.
const LIMIT: i64 = 20;

/// The query, each parameter as the text that it is.
#[derive(Debug, Default)]
pub(super) struct CarQuery {
    make: Option<String>,
    model: Option<String>,
    year_from: Option<String>,
    year_to: Option<String>,
    price_from: Option<String>,
    price_to: Option<String>,
    limit: Option<String>,
    offset: Option<String>,
    after: Option<String>,
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
    /// The query of these parameters.
    ///
    /// # Errors
    /// 422 that names a parameter that is not known or comes twice: a misspelt filter must not find everything.
    pub(super) fn of(parameters: Vec<(String, String)>) -> Result<Self, Problem> {
        let mut query = Self::default();
        for (name, value) in parameters {
            let Some(place) = query.place(&name) else {
                return Err(Problem::invalid(name, "there is no such parameter"));
            };
            if place.replace(value).is_some() {
                return Err(Problem::invalid(name, "it is given more than once"));
            }
        }
        Ok(query)
    }

    fn place(&mut self, name: &str) -> Option<&mut Option<String>> {
        Some(match name {
            "make" => &mut self.make,
            "model" => &mut self.model,
            "year_from" => &mut self.year_from,
            "year_to" => &mut self.year_to,
            "price_from" => &mut self.price_from,
            "price_to" => &mut self.price_to,
            "limit" => &mut self.limit,
            "offset" => &mut self.offset,
            "after" => &mut self.after,
            _ => return None,
        })
    }

    /// What is looked for.
    ///
    /// # Errors
    /// 422 that names the parameter.
    pub(super) fn filters(&self) -> Result<CatalogFilters, Problem> {
        let mut filters = CatalogFilters::new();
        if let Some(make) = parsed("make", self.make.as_deref())? {
            filters = filters.make(make);
        }
        if let Some(model) = parsed("model", self.model.as_deref())? {
            filters = filters.model(model);
        }
        let years =
            (parsed("year_from", self.year_from.as_deref())?, parsed("year_to", self.year_to.as_deref())?);
        let prices = (
            parsed("price_from", self.price_from.as_deref())?,
            parsed("price_to", self.price_to.as_deref())?,
        );
        filters.years(years.0, years.1).and_then(|filters| filters.prices(prices.0, prices.1)).map_err(
            |why| {
                let field = if why == InvalidFilters::Years { "year_from" } else { "price_from" };
                Problem::invalid(field, why.to_string())
            },
        )
    }

    /// Which part of it, and how many at most.
    ///
    /// # Errors
    /// 422 that names the parameter.
    pub(super) fn part(&self) -> Result<(Part, u16), Problem> {
        let limit = number("limit", self.limit.as_deref())?.unwrap_or(LIMIT);
        let offset = number("offset", self.offset.as_deref())?;
        let paging = Paging::new(offset.unwrap_or(0), limit).map_err(refused)?;
        let page = Page::first(limit).map_err(refused)?;
        let part = match parsed::<Cursor>("after", self.after.as_deref())? {
            Some(_) if offset.is_some() => {
                return Err(Problem::invalid("offset", "it cannot be given together with after"));
            }
            Some(cursor) => Part::Behind(cursor.page(page)),
            None => Part::Offset(paging),
        };
        Ok((part, paging.limit()))
    }
}

fn refused(why: InvalidPaging) -> Problem {
    let field = if why == InvalidPaging::Offset { "offset" } else { "limit" };
    Problem::invalid(field, why.to_string())
}

fn parsed<T: FromStr<Err: Display>>(field: &str, text: Option<&str>) -> Result<Option<T>, Problem> {
    let parsed = text.map(str::parse).transpose();
    parsed.map_err(|why: T::Err| Problem::invalid(field, why.to_string()))
}

fn number(field: &str, text: Option<&str>) -> Result<Option<i64>, Problem> {
    let number = text.map(str::parse).transpose();
    number.map_err(|_| Problem::invalid(field, "it is no whole number, or one that is too large"))
}
