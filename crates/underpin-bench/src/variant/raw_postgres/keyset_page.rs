//! The first page with a held statement.

use std::pin::pin;

use futures_util::TryStreamExt;
use tokio_postgres::{Client, Statement};

use super::connect;
use crate::domain::Car;
use crate::failure::Result;
use crate::stage::Place;
use crate::tally::Tally;
use crate::variant::Contender;
use crate::workload::{KeysetPage, PAGE_OF_CARS, PageRead};

/// One row more than the page has tells whether another follows.
const FIRST: &str = "SELECT id, make, model, year, price_mxn FROM cars ORDER BY id LIMIT $1";

pub(super) struct First {
    client: Client,
    statement: Statement,
}

impl Contender<KeysetPage> for First {
    const TECHNIQUE: &'static str = "page 1, held statement";

    async fn open(place: &Place) -> Result<Self> {
        let client = connect(&place.url).await?;
        let statement = client.prepare(FIRST).await?;
        Ok(Self { client, statement })
    }

    async fn run(&mut self, times: usize) -> Result<PageRead> {
        let mut tally = Tally::default();
        let limit = i64::try_from(PAGE_OF_CARS + 1)?;
        for _ in 0..times {
            let mut rows = pin!(self.client.query_raw(&self.statement, [&limit]).await?);
            let mut cars = Vec::with_capacity(PAGE_OF_CARS);
            while let Some(row) = rows.try_next().await? {
                cars.push(Car {
                    id: row.try_get(0)?,
                    make: row.try_get(1)?,
                    model: row.try_get(2)?,
                    year: row.try_get(3)?,
                    price_mxn: row.try_get(4)?,
                });
            }
            cars.truncate(PAGE_OF_CARS);
            for c in &cars {
                tally.car(&c.id, &c.make, &c.model, c.year, c.price_mxn);
            }
        }
        Ok((1, tally))
    }
}
