//! Load of many rows by `query_as`.

use sqlx::SqliteConnection;

use super::connect;
use super::rows::CarRow;
use crate::failure::Result;
use crate::stage::Place;
use crate::tally::Tally;
use crate::variant::Contender;
use crate::workload::LoadRows;

const LOAD: &str = "SELECT id, make, model, year, price_mxn FROM cars";

pub(super) struct Load {
    connection: SqliteConnection,
}

impl Contender<LoadRows> for Load {
    const TECHNIQUE: &'static str = "query_as, fetch_all";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: connect(place).await? })
    }

    async fn run(&mut self, (): ()) -> Result<Tally> {
        let cars: Vec<CarRow> = sqlx::query_as(LOAD).fetch_all(&mut self.connection).await?;
        let mut tally = Tally::default();
        for c in &cars {
            tally.car(&c.id, &c.make, &c.model, c.year, c.price());
        }
        Ok(tally)
    }
}
