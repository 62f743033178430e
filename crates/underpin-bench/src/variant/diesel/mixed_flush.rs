//! The mixed flush: batch inserts, one update per account with its version in the filter, one delete.

use diesel::prelude::*;

use super::diesel_rows::{AccountRow, NewEvent, accounts, outbox, rows};
use crate::failure::Result;
use crate::stage::{Place, same};
use crate::variant::Contender;
use crate::workload::{Flush, MixedFlush};

pub(super) struct Transaction {
    connection: PgConnection,
    loaded: Vec<AccountRow>,
}

impl Contender<MixedFlush> for Transaction {
    const TECHNIQUE: &'static str = "batch inserts, an update each";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: PgConnection::establish(&place.url)?, loaded: Vec::new() })
    }

    async fn prepare(&mut self, input: &Flush) -> Result<()> {
        self.loaded = accounts::table
            .filter(accounts::id.eq_any(input.loaded()))
            .select(AccountRow::as_select())
            .load(&mut self.connection)?;
        Ok(())
    }

    async fn run(&mut self, input: Flush) -> Result<()> {
        let loaded = std::mem::take(&mut self.loaded);
        let new: Vec<AccountRow> = rows(input.new);
        let events: Vec<NewEvent> = rows(input.events);
        self.connection.transaction(|connection| {
            diesel::insert_into(accounts::table).values(&new).execute(connection)?;
            for account in loaded.iter().filter(|a| !input.removed.contains(&a.id)) {
                let current = accounts::table.find(account.id).filter(accounts::version.eq(account.version));
                let changed = diesel::update(current)
                    .set((
                        accounts::balance.eq(account.balance + input.credit),
                        accounts::version.eq(account.version + 1),
                    ))
                    .execute(connection)?;
                same("rows updated in the loaded version", changed, 1)?;
            }
            let removed = diesel::delete(accounts::table.filter(accounts::id.eq_any(&input.removed)))
                .execute(connection)?;
            same("rows deleted", removed, input.removed.len())?;
            diesel::insert_into(outbox::table).values(&events).execute(connection)?;
            Ok(())
        })
    }
}
