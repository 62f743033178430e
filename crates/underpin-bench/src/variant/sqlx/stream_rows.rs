//! Stream of a million rows by `fetch`.

use futures_util::TryStreamExt;
use sqlx::{Connection, PgConnection};

use super::rows::CarRow;
use crate::failure::Result;
use crate::memory::Gauge;
use crate::stage::Place;
use crate::variant::Contender;
use crate::workload::StreamRows;

const LOAD: &str = "SELECT id, make, model, year, price_mxn FROM cars";

pub(super) struct Stream {
    connection: PgConnection,
}

impl Contender<StreamRows> for Stream {
    const TECHNIQUE: &'static str = "query_as, fetch";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: PgConnection::connect(&place.url).await? })
    }

    async fn run(&mut self, mut gauge: Gauge) -> Result<Gauge> {
        let mut rows = sqlx::query_as::<_, CarRow>(LOAD).fetch(&mut self.connection);
        while let Some(c) = rows.try_next().await? {
            gauge.car(&c.id, &c.make, &c.model, c.year, c.price_mxn)?;
        }
        drop(rows);
        Ok(gauge)
    }
}
