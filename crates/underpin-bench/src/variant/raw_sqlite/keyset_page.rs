//! The first page with a cached statement.

use rusqlite::Connection;

use super::statement::car;
use crate::domain::Car;
use crate::failure::Result;
use crate::stage::{Place, open_sqlite};
use crate::tally::Tally;
use crate::variant::Contender;
use crate::workload::{KeysetPage, PAGE_OF_CARS, PageRead};

/// One row more than the page has tells whether another follows.
const FIRST: &str = "SELECT id, make, model, year, price_mxn FROM cars ORDER BY id LIMIT ?1";

pub(super) struct First {
    connection: Connection,
}

impl Contender<KeysetPage> for First {
    const TECHNIQUE: &'static str = "page 1, cached statement";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: open_sqlite(&place.file)? })
    }

    async fn run(&mut self, times: usize) -> Result<PageRead> {
        let mut tally = Tally::default();
        for _ in 0..times {
            let mut first = self.connection.prepare_cached(FIRST)?;
            let limit = i64::try_from(PAGE_OF_CARS + 1)?;
            let mut cars = first.query_map([limit], car)?.collect::<rusqlite::Result<Vec<Car>>>()?;
            cars.truncate(PAGE_OF_CARS);
            for c in &cars {
                tally.car(&c.id, &c.make, &c.model, c.year, c.price_mxn);
            }
        }
        Ok((1, tally))
    }
}
