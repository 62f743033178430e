//! Load of many rows by `load`.

use diesel::prelude::*;

use super::connect;
use super::rows::{CarRow, cars};
use crate::failure::Result;
use crate::stage::Place;
use crate::tally::Tally;
use crate::variant::Contender;
use crate::workload::LoadRows;

pub(super) struct Load {
    connection: SqliteConnection,
}

impl Contender<LoadRows> for Load {
    const TECHNIQUE: &'static str = "load";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: connect(place)? })
    }

    async fn run(&mut self, (): ()) -> Result<Tally> {
        let cars = cars::table.select(CarRow::as_select()).load(&mut self.connection)?;
        let mut tally = Tally::default();
        for c in &cars {
            tally.car(&c.id, &c.make, &c.model, c.year, c.price());
        }
        Ok(tally)
    }
}
