//! 100 inserts and 200 events as one batch insert each, and one update per user, one after the other or pipelined.

use diesel::prelude::*;
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use futures_util::future::try_join_all;

use super::diesel_rows::{NewEvent, UserRow, outbox, rows, users};
use crate::failure::{Failure, Result};
use crate::stage::Place;
use crate::variant::Contender;
use crate::workload::{Batch, UnitOfWorkMany};

struct Connected {
    connection: AsyncPgConnection,
    loaded: Vec<UserRow>,
}

/// An update is sent when the last one is answered.
pub(super) struct Sequential(Connected);

/// All updates are sent at once.
pub(super) struct Pipelined(Connected);

impl Connected {
    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: AsyncPgConnection::establish(&place.url).await?, loaded: Vec::new() })
    }

    async fn prepare(&mut self, input: &Batch) -> Result<()> {
        self.loaded = users::table
            .filter(users::id.eq_any(&input.changed))
            .select(UserRow::as_select())
            .load(&mut self.connection)
            .await?;
        Ok(())
    }
}

async fn update(connection: &AsyncPgConnection, user: &UserRow) -> Result<()> {
    diesel::update(users::table.find(&user.id))
        .set(users::email_verified.eq(user.email_verified))
        .execute(&mut &*connection)
        .await?;
    Ok(())
}

impl Contender<UnitOfWorkMany> for Sequential {
    const TECHNIQUE: &'static str = "batch inserts, an update each";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self(Connected::open(place).await?))
    }

    async fn prepare(&mut self, input: &Batch) -> Result<()> {
        self.0.prepare(input).await
    }

    async fn run(&mut self, input: Batch) -> Result<()> {
        let new: Vec<UserRow> = rows(input.new);
        let events: Vec<NewEvent> = rows(input.events);
        let Connected { connection, loaded } = &mut self.0;
        connection
            .transaction::<_, Failure, _>(async |connection| {
                diesel::insert_into(users::table).values(&new).execute(connection).await?;
                for user in loaded.iter_mut() {
                    user.email_verified = true;
                    update(connection, user).await?;
                }
                diesel::insert_into(outbox::table).values(&events).execute(connection).await?;
                Ok(())
            })
            .await
    }
}

impl Contender<UnitOfWorkMany> for Pipelined {
    const TECHNIQUE: &'static str = "batch inserts, updates pipelined";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self(Connected::open(place).await?))
    }

    async fn prepare(&mut self, input: &Batch) -> Result<()> {
        self.0.prepare(input).await
    }

    async fn run(&mut self, input: Batch) -> Result<()> {
        let new: Vec<UserRow> = rows(input.new);
        let events: Vec<NewEvent> = rows(input.events);
        let Connected { connection, loaded } = &mut self.0;
        loaded.iter_mut().for_each(|user| user.email_verified = true);
        connection
            .transaction::<_, Failure, _>(async |connection| {
                diesel::insert_into(users::table).values(&new).execute(connection).await?;
                let shared = &*connection;
                let updates: Vec<_> = loaded.iter().map(|user| update(shared, user)).collect();
                try_join_all(updates).await?;
                diesel::insert_into(outbox::table).values(&events).execute(connection).await?;
                Ok(())
            })
            .await
    }
}
