//! Search by a boxed query, as filters that may be missing need.

use diesel::prelude::*;
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};

use super::diesel_rows::{CarRow, cars};
use crate::failure::Result;
use crate::stage::Place;
use crate::tally::Tally;
use crate::variant::Contender;
use crate::workload::{BEFORE, CatalogueSearch, PAGE, Search};

pub(super) struct Boxed {
    connection: AsyncPgConnection,
}

impl Contender<CatalogueSearch> for Boxed {
    const TECHNIQUE: &'static str = "into_boxed";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: AsyncPgConnection::establish(&place.url).await? })
    }

    async fn run(&mut self, searches: Vec<Search>) -> Result<Tally> {
        let mut tally = Tally::default();
        for Search { make, from_year } in searches {
            let mut query = cars::table.select(CarRow::as_select()).into_boxed();
            if let Some(make) = make {
                query = query.filter(cars::make.eq(make));
            }
            if let Some(year) = from_year {
                query = query.filter(cars::year.ge(year));
            }
            let query = query.order((cars::price_mxn.asc(), cars::id.asc()));
            let query = query.limit(PAGE.into()).offset(BEFORE.into());
            for c in query.load(&mut self.connection).await? {
                tally.car(&c.id, &c.make, &c.model, c.year, c.price_mxn);
            }
        }
        Ok(tally)
    }
}
