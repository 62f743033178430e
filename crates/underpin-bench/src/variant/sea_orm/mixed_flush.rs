//! The mixed flush: `insert_many`, one `update_many` per account with its version in the filter, one delete.

use sea_orm::{
    ColumnTrait, DatabaseConnection, EntityTrait, ExprTrait, QueryFilter, TransactionTrait, sea_query::Expr,
};

use super::connect;
use super::entity::{account, event};
use crate::failure::Result;
use crate::stage::{Place, same};
use crate::variant::Contender;
use crate::workload::{Flush, MixedFlush};

pub(super) struct Transaction {
    connection: DatabaseConnection,
    loaded: Vec<account::Model>,
}

impl Contender<MixedFlush> for Transaction {
    const TECHNIQUE: &'static str = "insert_many, an update each";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: connect(&place.url, 1).await?, loaded: Vec::new() })
    }

    async fn prepare(&mut self, input: &Flush) -> Result<()> {
        let wanted = account::Entity::find().filter(account::Column::Id.is_in(input.loaded()));
        self.loaded = wanted.all(&self.connection).await?;
        Ok(())
    }

    async fn run(&mut self, input: Flush) -> Result<()> {
        let transaction = self.connection.begin().await?;
        let new = input.new.into_iter().map(account::new);
        account::Entity::insert_many(new).exec_without_returning(&transaction).await?;
        for account in self.loaded.iter().filter(|a| !input.removed.contains(&a.id)) {
            let changed = account::Entity::update_many()
                .col_expr(account::Column::Balance, Expr::value(account.balance + input.credit))
                .col_expr(account::Column::Version, Expr::col(account::Column::Version).add(1))
                .filter(account::Column::Id.eq(account.id))
                .filter(account::Column::Version.eq(account.version))
                .exec(&transaction)
                .await?;
            same("rows updated in the loaded version", changed.rows_affected, 1)?;
        }
        let gone = input.removed.len() as u64;
        let removed = account::Entity::delete_many()
            .filter(account::Column::Id.is_in(input.removed))
            .exec(&transaction)
            .await?;
        same("rows deleted", removed.rows_affected, gone)?;
        let events = input.events.into_iter().map(event::new);
        event::Entity::insert_many(events).exec_without_returning(&transaction).await?;
        Ok(transaction.commit().await?)
    }
}
