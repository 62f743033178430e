//! Stream of a million rows in libpq's row-by-row mode.

use diesel::pg::PgRowByRowLoadingMode;
use diesel::prelude::*;

use super::diesel_rows::{CarRow, cars};
use crate::failure::Result;
use crate::memory::Gauge;
use crate::stage::Place;
use crate::variant::Contender;
use crate::workload::StreamRows;

pub(super) struct Stream {
    connection: PgConnection,
}

impl Contender<StreamRows> for Stream {
    const TECHNIQUE: &'static str = "load_iter, row by row";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: PgConnection::establish(&place.url)? })
    }

    async fn run(&mut self, mut gauge: Gauge) -> Result<Gauge> {
        let query = cars::table.select(CarRow::as_select());
        for car in query.load_iter::<CarRow, PgRowByRowLoadingMode>(&mut self.connection)? {
            let c = car?;
            gauge.car(&c.id, &c.make, &c.model, c.year, c.price_mxn)?;
        }
        Ok(gauge)
    }
}
