//! Point get by `query_as` on one connection, whose statement cache holds the text.

use sqlx::SqliteConnection;

use super::connect;
use super::rows::UserRow;
use crate::failure::Result;
use crate::stage::Place;
use crate::tally::Tally;
use crate::variant::Contender;
use crate::workload::PointGet;

const GET: &str = "
    SELECT id, email, email_verified, created_at, updated_at
    FROM users
    WHERE id = $1
";

pub(super) struct Get {
    connection: SqliteConnection,
}

impl Contender<PointGet> for Get {
    const TECHNIQUE: &'static str = "query_as, one connection";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: connect(place).await? })
    }

    async fn run(&mut self, ids: Vec<String>) -> Result<Tally> {
        let mut tally = Tally::default();
        for id in &ids {
            let user: UserRow = sqlx::query_as(GET).bind(id).fetch_one(&mut self.connection).await?;
            tally.user(&user.id, &user.email, user.email_verified, user.created_at, user.updated_at);
        }
        Ok(tally)
    }
}
