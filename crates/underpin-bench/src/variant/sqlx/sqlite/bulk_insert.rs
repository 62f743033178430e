//! Bulk insert by `push_values`, 1,000 rows per statement in one transaction.

use sqlx::{Connection, QueryBuilder, SqliteConnection};

use super::connect;
use crate::domain::Car;
use crate::failure::Result;
use crate::stage::Place;
use crate::tally::cents;
use crate::variant::Contender;
use crate::workload::Bulk;

const ADD: &str = "INSERT INTO cars (id, make, model, year, price_mxn) ";

pub(super) struct PushValues {
    connection: SqliteConnection,
}

impl<W: Bulk> Contender<W> for PushValues {
    const TECHNIQUE: &'static str = "push_values of 1,000 rows";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: connect(place).await? })
    }

    async fn run(&mut self, cars: Vec<Car>) -> Result<()> {
        let mut transaction = self.connection.begin_with("BEGIN IMMEDIATE").await?;
        for part in cars.chunks(1_000) {
            QueryBuilder::new(ADD)
                .push_values(part, |mut row, c| {
                    row.push_bind(&c.id)
                        .push_bind(&c.make)
                        .push_bind(&c.model)
                        .push_bind(c.year)
                        .push_bind(cents(c.price_mxn));
                })
                .build()
                .execute(&mut *transaction)
                .await?;
        }
        Ok(transaction.commit().await?)
    }
}
