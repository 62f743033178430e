//! One user and one event as active models between `begin` and `commit`.

use sea_orm::{DatabaseConnection, EntityTrait, TransactionTrait};

use super::connect;
use super::entity::{event, user};
use crate::failure::Result;
use crate::stage::Place;
use crate::variant::Contender;
use crate::workload::{UnitOfWorkOne, Workload};

pub(super) struct Transactions {
    connection: DatabaseConnection,
}

impl Contender<UnitOfWorkOne> for Transactions {
    const TECHNIQUE: &'static str = "begin, insert, commit";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: connect(place).await? })
    }

    async fn run(&mut self, input: <UnitOfWorkOne as Workload>::Input) -> Result<()> {
        for (u, e) in input {
            let transaction = self.connection.begin().await?;
            user::Entity::insert(user::new(u)).exec_without_returning(&transaction).await?;
            event::Entity::insert(event::new(e)).exec_without_returning(&transaction).await?;
            transaction.commit().await?;
        }
        Ok(())
    }
}
