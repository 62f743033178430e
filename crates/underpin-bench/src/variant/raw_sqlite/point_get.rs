//! Point get with a statement from rusqlite's cache.

use rusqlite::Connection;

use super::statement::user;
use crate::failure::Result;
use crate::stage::{Place, open_sqlite};
use crate::tally::Tally;
use crate::variant::Contender;
use crate::workload::PointGet;

const GET: &str = "
    SELECT id, email, email_verified, created_at, updated_at
    FROM users
    WHERE id = ?1
";

pub(super) struct Get {
    connection: Connection,
}

impl Contender<PointGet> for Get {
    const TECHNIQUE: &'static str = "cached statement, calling thread";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: open_sqlite(&place.file)? })
    }

    async fn run(&mut self, ids: Vec<String>) -> Result<Tally> {
        let mut tally = Tally::default();
        for id in &ids {
            let user = self.connection.prepare_cached(GET)?.query_row([id], user)?;
            tally.user(&user.id, &user.email, user.email_verified, user.created_at, user.updated_at);
        }
        Ok(tally)
    }
}
