//! Stream of a million rows, of which one at a time is alive.

use rusqlite::Connection;

use super::statement::car;
use crate::failure::Result;
use crate::memory::Gauge;
use crate::stage::{Place, open_sqlite};
use crate::variant::Contender;
use crate::workload::StreamRows;

const LOAD: &str = "SELECT id, make, model, year, price_mxn FROM cars";

pub(super) struct Stream {
    connection: Connection,
}

impl Contender<StreamRows> for Stream {
    const TECHNIQUE: &'static str = "rows, calling thread";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: open_sqlite(&place.file)? })
    }

    async fn run(&mut self, mut gauge: Gauge) -> Result<Gauge> {
        let mut load = self.connection.prepare_cached(LOAD)?;
        for c in load.query_map([], car)? {
            let c = c?;
            gauge.car(&c.id, &c.make, &c.model, c.year, c.price_mxn)?;
        }
        Ok(gauge)
    }
}
