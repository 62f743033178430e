//! Pages by key with cached statements.

use rusqlite::{Connection, params};

use super::statement::car;
use crate::domain::Car;
use crate::failure::Result;
use crate::sample;
use crate::stage::{Place, open_sqlite};
use crate::tally::Tally;
use crate::variant::Contender;
use crate::workload::{KeysetPage, LATE_PAGE, PAGE_OF_CARS, PageRead};

/// One row more than the page has tells whether another follows.
const FIRST: &str = "SELECT id, make, model, year, price_mxn FROM cars ORDER BY id LIMIT ?1";

const BEHIND: &str = "SELECT id, make, model, year, price_mxn FROM cars WHERE id > ?2 ORDER BY id LIMIT ?1";

/// One page, read again and again.
pub(super) struct Pages<const NUMBER: usize> {
    connection: Connection,
    /// The last car of the page before it.
    behind: Option<String>,
}

impl<const NUMBER: usize> Contender<KeysetPage> for Pages<NUMBER> {
    const TECHNIQUE: &'static str = match NUMBER {
        1 => "page 1, cached statement",
        LATE_PAGE => "page 10,000, cached statement",
        _ => "page 2, cached statement",
    };

    async fn open(place: &Place) -> Result<Self> {
        let behind = (NUMBER > 1).then(|| sample::car((NUMBER - 1) * PAGE_OF_CARS - 1).id);
        Ok(Self { connection: open_sqlite(&place.file)?, behind })
    }

    async fn run(&mut self, times: usize) -> Result<PageRead> {
        let mut tally = Tally::default();
        let limit = i64::try_from(PAGE_OF_CARS + 1)?;
        for _ in 0..times {
            let mut cars: Vec<Car> = match &self.behind {
                Some(id) => {
                    let mut behind = self.connection.prepare_cached(BEHIND)?;
                    behind.query_map(params![limit, id], car)?.collect::<rusqlite::Result<_>>()?
                }
                None => {
                    let mut first = self.connection.prepare_cached(FIRST)?;
                    first.query_map([limit], car)?.collect::<rusqlite::Result<_>>()?
                }
            };
            cars.truncate(PAGE_OF_CARS);
            for c in &cars {
                tally.car(&c.id, &c.make, &c.model, c.year, c.price_mxn);
            }
        }
        Ok((NUMBER, tally))
    }
}
