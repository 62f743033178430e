//! 100 inserts, 100 updates and 200 events as three UNNEST statements, pipelined between BEGIN and COMMIT.

use tokio_postgres::{Client, Statement};

use super::connect;
use super::statement::{AddEvents, AddUsers, Parameters};
use crate::domain::User;
use crate::failure::Result;
use crate::stage::Place;
use crate::variant::Contender;
use crate::workload::{Batch, UnitOfWorkMany};

const GET_MANY: &str = "
    SELECT id, email, email_verified, created_at, updated_at
    FROM users
    WHERE id = ANY($1)
";

const VERIFY: &str = "
    UPDATE users
    SET email_verified = changed.email_verified
    FROM unnest($1::text[], $2::boolean[]) AS changed (id, email_verified)
    WHERE users.id = changed.id
";

pub(super) struct Pipelined {
    client: Client,
    get_many: Statement,
    add_users: AddUsers,
    verify: Statement,
    add_events: AddEvents,
    loaded: Vec<User>,
}

impl Contender<UnitOfWorkMany> for Pipelined {
    const TECHNIQUE: &'static str = "three UNNEST statements pipelined";

    async fn open(place: &Place) -> Result<Self> {
        let client = connect(&place.url).await?;
        Ok(Self {
            get_many: client.prepare(GET_MANY).await?,
            add_users: AddUsers::prepare(&client).await?,
            verify: client.prepare(VERIFY).await?,
            add_events: AddEvents::prepare(&client).await?,
            loaded: Vec::new(),
            client,
        })
    }

    async fn prepare(&mut self, input: &Batch) -> Result<()> {
        self.loaded.clear();
        for row in self.client.query(&self.get_many, &[&input.changed]).await? {
            self.loaded.push(User {
                id: row.try_get(0)?,
                email: row.try_get(1)?,
                email_verified: row.try_get(2)?,
                created_at: row.try_get(3)?,
                updated_at: row.try_get(4)?,
            });
        }
        Ok(())
    }

    async fn run(&mut self, input: Batch) -> Result<()> {
        for user in &mut self.loaded {
            user.email_verified = true;
        }
        let ids: Vec<&str> = self.loaded.iter().map(|u| u.id.as_str()).collect();
        let verified: Vec<bool> = self.loaded.iter().map(|u| u.email_verified).collect();
        let verify: Parameters<'_> = &[&ids, &verified];
        let client = &self.client;
        let (begin, added, changed, events, commit) = tokio::join!(
            biased;
            client.batch_execute("BEGIN"),
            self.add_users.run(client, &input.new),
            client.execute(&self.verify, verify),
            self.add_events.run(client, &input.events),
            client.batch_execute("COMMIT"),
        );
        begin?;
        added?;
        changed?;
        events?;
        commit?;
        Ok(())
    }
}
