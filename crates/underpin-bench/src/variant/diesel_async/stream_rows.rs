//! Stream of a million rows by `load_stream`.

use diesel::prelude::*;
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use futures_util::TryStreamExt;

use super::diesel_rows::{CarRow, cars};
use crate::failure::Result;
use crate::memory::Gauge;
use crate::stage::Place;
use crate::variant::Contender;
use crate::workload::StreamRows;

pub(super) struct Stream {
    connection: AsyncPgConnection,
}

impl Contender<StreamRows> for Stream {
    const TECHNIQUE: &'static str = "load_stream";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: AsyncPgConnection::establish(&place.url).await? })
    }

    async fn run(&mut self, mut gauge: Gauge) -> Result<Gauge> {
        let query = cars::table.select(CarRow::as_select());
        let mut rows = query.load_stream::<CarRow>(&mut self.connection).await?;
        while let Some(c) = rows.try_next().await? {
            gauge.car(&c.id, &c.make, &c.model, c.year, c.price_mxn)?;
        }
        drop(rows);
        Ok(gauge)
    }
}
