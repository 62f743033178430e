//! Stream of a million rows by `find().stream`.

use futures_util::TryStreamExt;
use sea_orm::{DatabaseConnection, EntityTrait};

use super::connect;
use super::entity::car;
use crate::failure::Result;
use crate::memory::Gauge;
use crate::stage::Place;
use crate::variant::Contender;
use crate::workload::StreamRows;

pub(super) struct Stream {
    connection: DatabaseConnection,
}

impl Contender<StreamRows> for Stream {
    const TECHNIQUE: &'static str = "find().stream";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: connect(&place.url, 1).await? })
    }

    async fn run(&mut self, mut gauge: Gauge) -> Result<Gauge> {
        let mut rows = Box::pin(car::Entity::find().stream(&self.connection).await?);
        while let Some(c) = rows.try_next().await? {
            gauge.car(&c.id, &c.make, &c.model, c.year, c.price_mxn)?;
        }
        drop(rows);
        Ok(gauge)
    }
}
