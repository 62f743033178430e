//! Load of many rows by position.

use rusqlite::Connection;

use super::statement::car;
use crate::domain::Car;
use crate::failure::Result;
use crate::stage::{Place, open_sqlite};
use crate::tally::Tally;
use crate::variant::Contender;
use crate::workload::LoadRows;

const LOAD: &str = "SELECT id, make, model, year, price_mxn FROM cars";

pub(super) struct Load {
    connection: Connection,
}

impl Contender<LoadRows> for Load {
    const TECHNIQUE: &'static str = "cached statement, calling thread";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: open_sqlite(&place.file)? })
    }

    async fn run(&mut self, (): ()) -> Result<Tally> {
        let mut load = self.connection.prepare_cached(LOAD)?;
        let cars = load.query_map([], car)?.collect::<rusqlite::Result<Vec<Car>>>()?;
        let mut tally = Tally::default();
        for c in &cars {
            tally.car(&c.id, &c.make, &c.model, c.year, c.price_mxn);
        }
        Ok(tally)
    }
}
