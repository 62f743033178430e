//! Load of many rows, each decoded by position while the next ones arrive.

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
use crate::workload::LoadRows;

const LOAD: &str = "SELECT id, make, model, year, price_mxn FROM cars";

pub(super) struct Load {
    client: Client,
    load: Statement,
}

impl Contender<LoadRows> for Load {
    const TECHNIQUE: &'static str = "streamed rows";

    async fn open(place: &Place) -> Result<Self> {
        let client = connect(&place.url).await?;
        let load = client.prepare(LOAD).await?;
        Ok(Self { client, load })
    }

    async fn run(&mut self, (): ()) -> Result<Tally> {
        let mut rows =
            pin!(self.client.query_raw(&self.load, std::iter::empty::<&(dyn ToSql + Sync)>()).await?);
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
        let mut tally = Tally::default();
        for c in &cars {
            tally.car(&c.id, &c.make, &c.model, c.year, c.price_mxn);
        }
        Ok(tally)
    }
}
