//! Bulk insert by batch inserts of 1,000 rows in one transaction.

use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};

use super::diesel_rows::{CarRow, cars, rows};
use crate::domain::Car;
use crate::failure::{Failure, Result};
use crate::stage::Place;
use crate::variant::Contender;
use crate::workload::Bulk;

pub(super) struct Batches {
    connection: AsyncPgConnection,
}

impl<W: Bulk> Contender<W> for Batches {
    const TECHNIQUE: &'static str = "batch inserts of 1,000 rows";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: AsyncPgConnection::establish(&place.url).await? })
    }

    async fn run(&mut self, input: Vec<Car>) -> Result<()> {
        let all: Vec<CarRow> = rows(input);
        self.connection
            .transaction::<_, Failure, _>(async |connection| {
                for part in all.chunks(1_000) {
                    diesel::insert_into(cars::table).values(part).execute(connection).await?;
                }
                Ok(())
            })
            .await
    }
}
