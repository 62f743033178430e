//! The mixed flush as four hand-written statements with arrays, one after the other.

use rust_decimal::Decimal;
use sqlx::{Connection, PgConnection};

use super::mixed_flush::{GET_MANY, REMOVE};
use super::rows::AccountRow;
use super::unit_of_work_unnest::add_events;
use crate::failure::Result;
use crate::stage::{Place, same};
use crate::variant::Contender;
use crate::workload::{Flush, MixedFlush};

const ADD: &str = "
    INSERT INTO accounts (id, name, balance, version)
    SELECT * FROM unnest($1::bigint[], $2::text[], $3::numeric[], $4::bigint[])
";

const CHANGE: &str = "
    UPDATE accounts
    SET balance = wanted.balance, version = accounts.version + 1
    FROM unnest($1::bigint[], $2::numeric[], $3::bigint[]) AS wanted (id, balance, version)
    WHERE accounts.id = wanted.id AND accounts.version = wanted.version
";

pub(super) struct Unnest {
    connection: PgConnection,
    loaded: Vec<AccountRow>,
}

impl Contender<MixedFlush> for Unnest {
    const TECHNIQUE: &'static str = "UNNEST by hand";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: PgConnection::connect(&place.url).await?, loaded: Vec::new() })
    }

    async fn prepare(&mut self, input: &Flush) -> Result<()> {
        self.loaded = sqlx::query_as(GET_MANY).bind(input.loaded()).fetch_all(&mut self.connection).await?;
        Ok(())
    }

    async fn run(&mut self, input: Flush) -> Result<()> {
        let new = &input.new;
        let wanted: Vec<&AccountRow> =
            self.loaded.iter().filter(|a| !input.removed.contains(&a.id)).collect();
        let mut transaction = self.connection.begin().await?;
        sqlx::query(ADD)
            .bind(new.iter().map(|a| a.id).collect::<Vec<_>>())
            .bind(new.iter().map(|a| a.name.as_str()).collect::<Vec<_>>())
            .bind(new.iter().map(|a| a.balance).collect::<Vec<_>>())
            .bind(new.iter().map(|a| a.version).collect::<Vec<_>>())
            .execute(&mut *transaction)
            .await?;
        let changed = sqlx::query(CHANGE)
            .bind(wanted.iter().map(|a| a.id).collect::<Vec<_>>())
            .bind(wanted.iter().map(|a| a.balance + input.credit).collect::<Vec<Decimal>>())
            .bind(wanted.iter().map(|a| a.version).collect::<Vec<_>>())
            .execute(&mut *transaction)
            .await?;
        same("rows updated in the loaded version", changed.rows_affected(), wanted.len() as u64)?;
        let removed = sqlx::query(REMOVE).bind(&input.removed).execute(&mut *transaction).await?;
        same("rows deleted", removed.rows_affected(), input.removed.len() as u64)?;
        add_events(&mut transaction, &input.events).await?;
        Ok(transaction.commit().await?)
    }
}
