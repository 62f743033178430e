//! One user and one event in a transaction.

use rusqlite::{Connection, TransactionBehavior};

use super::statement::{add_event, add_user};
use crate::failure::Result;
use crate::stage::{Place, open_sqlite};
use crate::variant::Contender;
use crate::workload::{UnitOfWorkOne, Workload};

pub(super) struct Transactions {
    connection: Connection,
}

impl Contender<UnitOfWorkOne> for Transactions {
    const TECHNIQUE: &'static str = "cached statements, calling thread";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: open_sqlite(&place.file)? })
    }

    async fn run(&mut self, input: <UnitOfWorkOne as Workload>::Input) -> Result<()> {
        for (user, event) in &input {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            add_user(&transaction, user)?;
            add_event(&transaction, event)?;
            transaction.commit()?;
        }
        Ok(())
    }
}
