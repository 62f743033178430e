//! 100 inserts and 200 events by `insert_many`, and `update` of each user's active model.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseConnection, EntityTrait, IntoActiveModel, QueryFilter, Set,
    TransactionTrait,
};

use super::connect;
use super::entity::{event, user};
use crate::failure::Result;
use crate::stage::Place;
use crate::variant::Contender;
use crate::workload::{Batch, UnitOfWorkMany};

pub(super) struct Transaction {
    connection: DatabaseConnection,
    loaded: Vec<user::Model>,
}

impl Contender<UnitOfWorkMany> for Transaction {
    const TECHNIQUE: &'static str = "insert_many, an update each";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: connect(place).await?, loaded: Vec::new() })
    }

    async fn prepare(&mut self, input: &Batch) -> Result<()> {
        let wanted = user::Entity::find().filter(user::Column::Id.is_in(&input.changed));
        self.loaded = wanted.all(&self.connection).await?;
        Ok(())
    }

    async fn run(&mut self, input: Batch) -> Result<()> {
        let transaction = self.connection.begin().await?;
        let new = input.new.into_iter().map(user::new);
        user::Entity::insert_many(new).exec_without_returning(&transaction).await?;
        for loaded in self.loaded.drain(..) {
            let mut user = loaded.into_active_model();
            user.email_verified = Set(true);
            user.update(&transaction).await?;
        }
        let events = input.events.into_iter().map(event::new);
        event::Entity::insert_many(events).exec_without_returning(&transaction).await?;
        Ok(transaction.commit().await?)
    }
}
