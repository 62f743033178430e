//! 100 inserts, 100 updates and 200 events, row by row with cached statements in one transaction.

use rusqlite::{Connection, TransactionBehavior};

use super::statement::{add_event, add_user, user};
use crate::domain::User;
use crate::failure::Result;
use crate::stage::{Place, open_sqlite};
use crate::variant::Contender;
use crate::workload::{Batch, UnitOfWorkMany};

const GET: &str = "
    SELECT id, email, email_verified, created_at, updated_at
    FROM users
    WHERE id = ?1
";

const VERIFY: &str = "UPDATE users SET email_verified = ?2 WHERE id = ?1";

pub(super) struct Transaction {
    connection: Connection,
    loaded: Vec<User>,
}

impl Contender<UnitOfWorkMany> for Transaction {
    const TECHNIQUE: &'static str = "cached statements, calling thread";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: open_sqlite(&place.file)?, loaded: Vec::new() })
    }

    async fn prepare(&mut self, input: &Batch) -> Result<()> {
        self.loaded.clear();
        let mut get = self.connection.prepare_cached(GET)?;
        for id in &input.changed {
            self.loaded.push(get.query_row([id], user)?);
        }
        Ok(())
    }

    async fn run(&mut self, input: Batch) -> Result<()> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for user in &input.new {
            add_user(&transaction, user)?;
        }
        for user in &mut self.loaded {
            user.email_verified = true;
            transaction.prepare_cached(VERIFY)?.execute((&user.id, user.email_verified))?;
        }
        for event in &input.events {
            add_event(&transaction, event)?;
        }
        Ok(transaction.commit()?)
    }
}
