//! Load of many rows by `load`.

use diesel::prelude::*;
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};

use super::diesel_rows::{CarRow, cars};
use crate::failure::Result;
use crate::stage::Place;
use crate::tally::Tally;
use crate::variant::Contender;
use crate::workload::LoadRows;

pub(super) struct Load {
    connection: AsyncPgConnection,
}

impl Contender<LoadRows> for Load {
    const TECHNIQUE: &'static str = "load";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: AsyncPgConnection::establish(&place.url).await? })
    }

    async fn run(&mut self, (): ()) -> Result<Tally> {
        let cars = cars::table.select(CarRow::as_select()).load(&mut self.connection).await?;
        let mut tally = Tally::default();
        for c in &cars {
            tally.car(&c.id, &c.make, &c.model, c.year, c.price_mxn);
        }
        Ok(tally)
    }
}
