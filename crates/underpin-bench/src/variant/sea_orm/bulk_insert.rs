//! Bulk insert by `insert_many`, 1,000 rows per statement in one transaction.

use sea_orm::{DatabaseConnection, EntityTrait, TransactionTrait};

use super::connect;
use super::entity::car;
use crate::domain::Car;
use crate::failure::Result;
use crate::stage::Place;
use crate::variant::Contender;
use crate::workload::Bulk;

pub(super) struct InsertMany {
    connection: DatabaseConnection,
}

impl<W: Bulk> Contender<W> for InsertMany {
    const TECHNIQUE: &'static str = "insert_many of 1,000 rows";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: connect(&place.url, 1).await? })
    }

    async fn run(&mut self, cars: Vec<Car>) -> Result<()> {
        let transaction = self.connection.begin().await?;
        let mut cars = cars.into_iter().map(car::new).peekable();
        while cars.peek().is_some() {
            let part = cars.by_ref().take(1_000);
            car::Entity::insert_many(part).exec_without_returning(&transaction).await?;
        }
        Ok(transaction.commit().await?)
    }
}
