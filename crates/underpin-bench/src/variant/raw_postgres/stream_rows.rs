//! Stream of a million rows, of which one at a time is alive.

use std::pin::pin;

use futures_util::TryStreamExt;
use tokio_postgres::Client;
use tokio_postgres::types::ToSql;

use super::connect;
use crate::domain::Car;
use crate::failure::Result;
use crate::memory::Gauge;
use crate::stage::Place;
use crate::variant::Contender;
use crate::workload::StreamRows;

const LOAD: &str = "SELECT id, make, model, year, price_mxn FROM cars";

pub(super) struct Stream {
    client: Client,
}

impl Contender<StreamRows> for Stream {
    const TECHNIQUE: &'static str = "query_raw";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { client: connect(&place.url).await? })
    }

    async fn run(&mut self, mut gauge: Gauge) -> Result<Gauge> {
        let mut rows = pin!(self.client.query_raw(LOAD, std::iter::empty::<&(dyn ToSql + Sync)>()).await?);
        while let Some(row) = rows.try_next().await? {
            let c = Car {
                id: row.try_get(0)?,
                make: row.try_get(1)?,
                model: row.try_get(2)?,
                year: row.try_get(3)?,
                price_mxn: row.try_get(4)?,
            };
            gauge.car(&c.id, &c.make, &c.model, c.year, c.price_mxn)?;
        }
        Ok(gauge)
    }
}
