//! One user and one event in `transaction`.

use diesel::prelude::*;

use super::diesel_rows::{NewEvent, UserRow, outbox, users};
use crate::failure::Result;
use crate::stage::Place;
use crate::variant::Contender;
use crate::workload::{UnitOfWorkOne, Workload};

pub(super) struct Transactions {
    connection: PgConnection,
}

impl Contender<UnitOfWorkOne> for Transactions {
    const TECHNIQUE: &'static str = "transaction";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: PgConnection::establish(&place.url)? })
    }

    async fn run(&mut self, input: <UnitOfWorkOne as Workload>::Input) -> Result<()> {
        for (user, event) in input {
            self.connection.transaction(|connection| {
                diesel::insert_into(users::table).values(UserRow::from(user)).execute(connection)?;
                diesel::insert_into(outbox::table).values(NewEvent::from(event)).execute(connection)
            })?;
        }
        Ok(())
    }
}
