//! One user and one event in `transaction`.

use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};

use super::diesel_rows::{NewEvent, UserRow, outbox, users};
use crate::failure::{Failure, Result};
use crate::stage::Place;
use crate::variant::Contender;
use crate::workload::{UnitOfWorkOne, Workload};

pub(super) struct Transactions {
    connection: AsyncPgConnection,
}

impl Contender<UnitOfWorkOne> for Transactions {
    const TECHNIQUE: &'static str = "transaction";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: AsyncPgConnection::establish(&place.url).await? })
    }

    async fn run(&mut self, input: <UnitOfWorkOne as Workload>::Input) -> Result<()> {
        for (user, event) in input {
            let (user, event) = (UserRow::from(user), NewEvent::from(event));
            self.connection
                .transaction::<_, Failure, _>(async |connection| {
                    diesel::insert_into(users::table).values(&user).execute(connection).await?;
                    diesel::insert_into(outbox::table).values(&event).execute(connection).await?;
                    Ok(())
                })
                .await?;
        }
        Ok(())
    }
}
