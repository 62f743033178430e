//! The mixed flush: `push_values`, one update per account with its version in the filter, one delete.

use sqlx::{Connection, PgConnection, QueryBuilder};

use super::rows::AccountRow;
use crate::failure::Result;
use crate::stage::{Place, same};
use crate::variant::Contender;
use crate::workload::{Flush, MixedFlush};

pub(super) const GET_MANY: &str = "SELECT id, name, balance, version FROM accounts WHERE id = ANY($1)";

const ADD: &str = "INSERT INTO accounts (id, name, balance, version) ";

const CHANGE: &str = "
    UPDATE accounts
    SET balance = $3, version = version + 1
    WHERE id = $1 AND version = $2
";

pub(super) const REMOVE: &str = "DELETE FROM accounts WHERE id = ANY($1)";

const ADD_EVENTS: &str =
    "INSERT INTO outbox (event_type, aggregate_type, aggregate_id, payload, created_at) ";

pub(super) struct PushValues {
    connection: PgConnection,
    loaded: Vec<AccountRow>,
}

impl Contender<MixedFlush> for PushValues {
    const TECHNIQUE: &'static str = "push_values, an update each";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: PgConnection::connect(&place.url).await?, loaded: Vec::new() })
    }

    async fn prepare(&mut self, input: &Flush) -> Result<()> {
        self.loaded = sqlx::query_as(GET_MANY).bind(input.loaded()).fetch_all(&mut self.connection).await?;
        Ok(())
    }

    async fn run(&mut self, input: Flush) -> Result<()> {
        let mut transaction = self.connection.begin().await?;
        QueryBuilder::new(ADD)
            .push_values(&input.new, |mut row, a| {
                row.push_bind(a.id).push_bind(&a.name).push_bind(a.balance).push_bind(a.version);
            })
            .build()
            .execute(&mut *transaction)
            .await?;
        for account in self.loaded.iter().filter(|a| !input.removed.contains(&a.id)) {
            let changed = sqlx::query(CHANGE)
                .bind(account.id)
                .bind(account.version)
                .bind(account.balance + input.credit)
                .execute(&mut *transaction)
                .await?;
            same("rows updated in the loaded version", changed.rows_affected(), 1)?;
        }
        let removed = sqlx::query(REMOVE).bind(&input.removed).execute(&mut *transaction).await?;
        same("rows deleted", removed.rows_affected(), input.removed.len() as u64)?;
        QueryBuilder::new(ADD_EVENTS)
            .push_values(&input.events, |mut row, e| {
                row.push_bind(e.event_type)
                    .push_bind(e.aggregate_type)
                    .push_bind(&e.aggregate_id)
                    .push_bind(&e.payload)
                    .push_bind(e.created_at);
            })
            .build()
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }
}
