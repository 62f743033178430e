//! Bulk insert by batch inserts of 1,000 rows in one transaction.

use diesel::prelude::*;

use super::connect;
use super::rows::{CarRow, cars};
use crate::domain::Car;
use crate::failure::Result;
use crate::stage::Place;
use crate::variant::Contender;
use crate::workload::Bulk;

pub(super) struct Batches {
    connection: SqliteConnection,
}

impl<W: Bulk> Contender<W> for Batches {
    const TECHNIQUE: &'static str = "batch inserts of 1,000 rows";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: connect(place)? })
    }

    async fn run(&mut self, input: Vec<Car>) -> Result<()> {
        let all: Vec<CarRow> = input.into_iter().map(CarRow::from).collect();
        self.connection.immediate_transaction(|connection| {
            for part in all.chunks(1_000) {
                diesel::insert_into(cars::table).values(part).execute(connection)?;
            }
            Ok(())
        })
    }
}
