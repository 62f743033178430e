//! 100 inserts and 200 events as one batch insert each, and one update per user.

use diesel::prelude::*;

use super::diesel_rows::{NewEvent, UserRow, outbox, rows, users};
use crate::failure::Result;
use crate::stage::Place;
use crate::variant::Contender;
use crate::workload::{Batch, UnitOfWorkMany};

pub(super) struct Transaction {
    connection: PgConnection,
    loaded: Vec<UserRow>,
}

impl Contender<UnitOfWorkMany> for Transaction {
    const TECHNIQUE: &'static str = "batch inserts, an update each";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: PgConnection::establish(&place.url)?, loaded: Vec::new() })
    }

    async fn prepare(&mut self, input: &Batch) -> Result<()> {
        self.loaded = users::table
            .filter(users::id.eq_any(&input.changed))
            .select(UserRow::as_select())
            .load(&mut self.connection)?;
        Ok(())
    }

    async fn run(&mut self, input: Batch) -> Result<()> {
        let new: Vec<UserRow> = rows(input.new);
        let events: Vec<NewEvent> = rows(input.events);
        let loaded = &mut self.loaded;
        self.connection.transaction(|connection| {
            diesel::insert_into(users::table).values(&new).execute(connection)?;
            for user in loaded {
                user.email_verified = true;
                diesel::update(users::table.find(&user.id))
                    .set(users::email_verified.eq(user.email_verified))
                    .execute(connection)?;
            }
            diesel::insert_into(outbox::table).values(&events).execute(connection)?;
            Ok(())
        })
    }
}
