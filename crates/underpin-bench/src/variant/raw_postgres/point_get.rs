//! Point get with a held statement, decoded by position.

use tokio_postgres::{Client, Statement};

use super::connect;
use crate::domain::User;
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
    client: Client,
    get: Statement,
}

impl Contender<PointGet> for Get {
    const TECHNIQUE: &'static str = "held statement";

    async fn open(place: &Place) -> Result<Self> {
        let client = connect(&place.url).await?;
        let get = client.prepare(GET).await?;
        Ok(Self { client, get })
    }

    async fn run(&mut self, ids: Vec<String>) -> Result<Tally> {
        let mut tally = Tally::default();
        for id in &ids {
            let row = self.client.query_one(&self.get, &[id]).await?;
            let user = User {
                id: row.try_get(0)?,
                email: row.try_get(1)?,
                email_verified: row.try_get(2)?,
                created_at: row.try_get(3)?,
                updated_at: row.try_get(4)?,
            };
            tally.user(&user.id, &user.email, user.email_verified, user.created_at, user.updated_at);
        }
        Ok(tally)
    }
}
