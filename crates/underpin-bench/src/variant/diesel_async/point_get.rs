//! Point get by `find`.

use diesel::prelude::*;
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};

use super::diesel_rows::{UserRow, users};
use crate::failure::Result;
use crate::stage::Place;
use crate::tally::Tally;
use crate::variant::Contender;
use crate::workload::PointGet;

pub(super) struct Get {
    connection: AsyncPgConnection,
}

impl Contender<PointGet> for Get {
    const TECHNIQUE: &'static str = "find, one connection";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: AsyncPgConnection::establish(&place.url).await? })
    }

    async fn run(&mut self, ids: Vec<String>) -> Result<Tally> {
        let mut tally = Tally::default();
        for id in &ids {
            let user = users::table.find(id).select(UserRow::as_select()).first(&mut self.connection).await?;
            tally.user(&user.id, &user.email, user.email_verified, user.created_at, user.updated_at);
        }
        Ok(tally)
    }
}
