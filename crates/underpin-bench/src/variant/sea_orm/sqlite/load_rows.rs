//! Load of many rows by `find().all`.

use sea_orm::{DatabaseConnection, EntityTrait};

use super::{car, connect};
use crate::failure::Result;
use crate::stage::Place;
use crate::tally::Tally;
use crate::variant::Contender;
use crate::workload::LoadRows;

pub(super) struct Load {
    connection: DatabaseConnection,
}

impl Contender<LoadRows> for Load {
    const TECHNIQUE: &'static str = "find().all";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: connect(place).await? })
    }

    async fn run(&mut self, (): ()) -> Result<Tally> {
        let cars = car::Entity::find().all(&self.connection).await?;
        let mut tally = Tally::default();
        for c in &cars {
            tally.car(&c.id, &c.make, &c.model, c.year, c.price());
        }
        Ok(tally)
    }
}
