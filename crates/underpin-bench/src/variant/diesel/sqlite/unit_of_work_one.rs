//! One user and one event in `immediate_transaction`.

use diesel::prelude::*;

use super::connect;
use super::rows::{NewEvent, UserRow, outbox, users};
use crate::failure::Result;
use crate::stage::Place;
use crate::variant::Contender;
use crate::workload::{UnitOfWorkOne, Workload};

pub(super) struct Transactions {
    connection: SqliteConnection,
}

impl Contender<UnitOfWorkOne> for Transactions {
    const TECHNIQUE: &'static str = "immediate_transaction";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: connect(place)? })
    }

    async fn run(&mut self, input: <UnitOfWorkOne as Workload>::Input) -> Result<()> {
        for (user, event) in input {
            self.connection.immediate_transaction(|connection| {
                diesel::insert_into(users::table).values(UserRow::from(user)).execute(connection)?;
                diesel::insert_into(outbox::table).values(NewEvent::from(event)).execute(connection)
            })?;
        }
        Ok(())
    }
}
