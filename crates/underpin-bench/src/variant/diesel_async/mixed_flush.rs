//! The mixed flush: batch inserts, one update per account with its version in the filter, one delete.

use diesel::prelude::*;
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use futures_util::future::try_join_all;
use rust_decimal::Decimal;

use super::diesel_rows::{AccountRow, NewEvent, accounts, outbox, rows};
use crate::failure::{Failure, Result};
use crate::stage::{Place, same};
use crate::variant::Contender;
use crate::workload::{Flush, MixedFlush};

struct Connected {
    connection: AsyncPgConnection,
    loaded: Vec<AccountRow>,
}

/// An update is sent when the last one is answered.
pub(super) struct Sequential(Connected);

/// All updates are sent at once.
pub(super) struct Pipelined(Connected);

impl Connected {
    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: AsyncPgConnection::establish(&place.url).await?, loaded: Vec::new() })
    }

    async fn prepare(&mut self, input: &Flush) -> Result<()> {
        self.loaded = accounts::table
            .filter(accounts::id.eq_any(input.loaded()))
            .select(AccountRow::as_select())
            .load(&mut self.connection)
            .await?;
        Ok(())
    }
}

async fn add(connection: &mut AsyncPgConnection, new: &Vec<AccountRow>) -> Result<()> {
    diesel::insert_into(accounts::table).values(new).execute(connection).await?;
    Ok(())
}

async fn update(connection: &AsyncPgConnection, account: &AccountRow, credit: Decimal) -> Result<()> {
    let current = accounts::table.find(account.id).filter(accounts::version.eq(account.version));
    let changed = diesel::update(current)
        .set((accounts::balance.eq(account.balance + credit), accounts::version.eq(account.version + 1)))
        .execute(&mut &*connection)
        .await?;
    same("rows updated in the loaded version", changed, 1)
}

async fn remove(connection: &mut AsyncPgConnection, removed: &[i64]) -> Result<()> {
    let gone =
        diesel::delete(accounts::table.filter(accounts::id.eq_any(removed))).execute(connection).await?;
    same("rows deleted", gone, removed.len())
}

async fn raise(connection: &mut AsyncPgConnection, events: &Vec<NewEvent>) -> Result<()> {
    diesel::insert_into(outbox::table).values(events).execute(connection).await?;
    Ok(())
}

impl Contender<MixedFlush> for Sequential {
    const TECHNIQUE: &'static str = "batch inserts, an update each";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self(Connected::open(place).await?))
    }

    async fn prepare(&mut self, input: &Flush) -> Result<()> {
        self.0.prepare(input).await
    }

    async fn run(&mut self, input: Flush) -> Result<()> {
        let new: Vec<AccountRow> = rows(input.new);
        let events: Vec<NewEvent> = rows(input.events);
        let Connected { connection, loaded } = &mut self.0;
        connection
            .transaction::<_, Failure, _>(async |connection| {
                add(connection, &new).await?;
                for account in loaded.iter().filter(|a| !input.removed.contains(&a.id)) {
                    update(connection, account, input.credit).await?;
                }
                remove(connection, &input.removed).await?;
                raise(connection, &events).await
            })
            .await
    }
}

impl Contender<MixedFlush> for Pipelined {
    const TECHNIQUE: &'static str = "batch inserts, updates pipelined";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self(Connected::open(place).await?))
    }

    async fn prepare(&mut self, input: &Flush) -> Result<()> {
        self.0.prepare(input).await
    }

    async fn run(&mut self, input: Flush) -> Result<()> {
        let new: Vec<AccountRow> = rows(input.new);
        let events: Vec<NewEvent> = rows(input.events);
        let Connected { connection, loaded } = &mut self.0;
        connection
            .transaction::<_, Failure, _>(async |connection| {
                add(connection, &new).await?;
                let shared = &*connection;
                let changed = loaded.iter().filter(|a| !input.removed.contains(&a.id));
                let updates: Vec<_> = changed.map(|account| update(shared, account, input.credit)).collect();
                try_join_all(updates).await?;
                remove(connection, &input.removed).await?;
                raise(connection, &events).await
            })
            .await
    }
}
