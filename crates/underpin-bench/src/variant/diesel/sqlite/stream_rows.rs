//! Stream of a million rows by `load_iter`.

use diesel::connection::DefaultLoadingMode;
use diesel::prelude::*;

use super::connect;
use super::rows::{CarRow, cars};
use crate::failure::Result;
use crate::memory::Gauge;
use crate::stage::Place;
use crate::variant::Contender;
use crate::workload::StreamRows;

pub(super) struct Stream {
    connection: SqliteConnection,
}

impl Contender<StreamRows> for Stream {
    const TECHNIQUE: &'static str = "load_iter";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: connect(place)? })
    }

    async fn run(&mut self, mut gauge: Gauge) -> Result<Gauge> {
        let query = cars::table.select(CarRow::as_select());
        for car in query.load_iter::<CarRow, DefaultLoadingMode>(&mut self.connection)? {
            let c = car?;
            gauge.car(&c.id, &c.make, &c.model, c.year, c.price())?;
        }
        Ok(gauge)
    }
}
