//! Pages by key with held statements.

use std::pin::pin;

use futures_util::TryStreamExt;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Statement};

use super::connect;
use crate::domain::Car;
use crate::failure::Result;
use crate::sample;
use crate::stage::Place;
use crate::tally::Tally;
use crate::variant::Contender;
use crate::workload::{KeysetPage, LATE_PAGE, PAGE_OF_CARS, PageRead};

/// One row more than the page has tells whether another follows.
const FIRST: &str = "SELECT id, make, model, year, price_mxn FROM cars ORDER BY id LIMIT $1";

const BEHIND: &str = "SELECT id, make, model, year, price_mxn FROM cars WHERE id > $2 ORDER BY id LIMIT $1";

/// One page, read again and again.
pub(super) struct Pages<const NUMBER: usize> {
    client: Client,
    statement: Statement,
    /// The last car of the page before it.
    behind: Option<String>,
}

impl<const NUMBER: usize> Contender<KeysetPage> for Pages<NUMBER> {
    const TECHNIQUE: &'static str = match NUMBER {
        1 => "page 1, held statement",
        LATE_PAGE => "page 10,000, held statement",
        _ => "page 2, held statement",
    };

    async fn open(place: &Place) -> Result<Self> {
        let client = connect(&place.url).await?;
        let behind = (NUMBER > 1).then(|| sample::car((NUMBER - 1) * PAGE_OF_CARS - 1).id);
        let statement = client.prepare(if behind.is_some() { BEHIND } else { FIRST }).await?;
        Ok(Self { client, statement, behind })
    }

    async fn run(&mut self, times: usize) -> Result<PageRead> {
        let mut tally = Tally::default();
        let limit = i64::try_from(PAGE_OF_CARS + 1)?;
        let mut parameters: Vec<&(dyn ToSql + Sync)> = vec![&limit];
        parameters.extend(self.behind.iter().map(|id| id as &(dyn ToSql + Sync)));
        for _ in 0..times {
            let rows = self.client.query_raw(&self.statement, parameters.iter().copied()).await?;
            let mut rows = pin!(rows);
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
        Ok((NUMBER, tally))
    }
}
