//! Search with a held statement for each combination of filters.

use std::pin::pin;

use futures_util::TryStreamExt;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Statement};

use super::connect;
use crate::domain::Car;
use crate::failure::Result;
use crate::stage::Place;
use crate::tally::Tally;
use crate::variant::Contender;
use crate::workload::{BEFORE, CatalogueSearch, PAGE, Search};

const CARS: &str = "SELECT id, make, model, year, price_mxn FROM cars";

pub(super) struct Held {
    client: Client,
    neither: Statement,
    make: Statement,
    year: Statement,
    both: Statement,
}

impl Contender<CatalogueSearch> for Held {
    const TECHNIQUE: &'static str = "held statements";

    async fn open(place: &Place) -> Result<Self> {
        let client = connect(&place.url).await?;
        let prepare = |filter: &str, next: usize| {
            let text =
                format!("{CARS}{filter} ORDER BY price_mxn ASC, id ASC LIMIT ${next} OFFSET ${}", next + 1);
            let client = &client;
            async move { client.prepare(&text).await }
        };
        let neither = prepare("", 1).await?;
        let make = prepare(" WHERE make = $1", 2).await?;
        let year = prepare(" WHERE year >= $1", 2).await?;
        let both = prepare(" WHERE make = $1 AND year >= $2", 3).await?;
        Ok(Self { client, neither, make, year, both })
    }

    async fn run(&mut self, searches: Vec<Search>) -> Result<Tally> {
        let mut tally = Tally::default();
        let (limit, offset) = (i64::from(PAGE), i64::from(BEFORE));
        for Search { make, from_year } in &searches {
            let mut params: Vec<&(dyn ToSql + Sync)> = Vec::with_capacity(4);
            params.extend(make.as_ref().map(|make| make as &(dyn ToSql + Sync)));
            params.extend(from_year.as_ref().map(|year| year as &(dyn ToSql + Sync)));
            params.extend([&limit as &(dyn ToSql + Sync), &offset]);
            let statement = match (make, from_year) {
                (None, None) => &self.neither,
                (Some(_), None) => &self.make,
                (None, Some(_)) => &self.year,
                (Some(_), Some(_)) => &self.both,
            };
            let mut rows = pin!(self.client.query_raw(statement, params).await?);
            let mut cars = Vec::new();
            while let Some(row) = rows.try_next().await? {
                cars.push(Car {
                    id: row.try_get(0)?,
                    make: row.try_get(1)?,
                    model: row.try_get(2)?,
                    year: row.try_get(3)?,
                    price_mxn: row.try_get(4)?,
                });
            }
            for c in &cars {
                tally.car(&c.id, &c.make, &c.model, c.year, c.price_mxn);
            }
        }
        Ok(tally)
    }
}
