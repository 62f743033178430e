//! Point get by `find`.

use diesel::prelude::*;

use super::connect;
use super::rows::{UserRow, users};
use crate::failure::Result;
use crate::stage::Place;
use crate::tally::Tally;
use crate::variant::Contender;
use crate::workload::PointGet;

pub(super) struct Get {
    connection: SqliteConnection,
}

impl Contender<PointGet> for Get {
    const TECHNIQUE: &'static str = "find, one connection";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: connect(place)? })
    }

    async fn run(&mut self, ids: Vec<String>) -> Result<Tally> {
        let mut tally = Tally::default();
        for id in &ids {
            let user = users::table.find(id).select(UserRow::as_select()).first(&mut self.connection)?;
            tally.user(&user.id, &user.email, user.email_verified, user.created_at, user.updated_at);
        }
        Ok(tally)
    }
}
