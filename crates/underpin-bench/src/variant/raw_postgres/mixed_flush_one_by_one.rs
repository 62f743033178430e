//! The mixed flush one statement after another: what a loop over repositories does.

use tokio_postgres::{Client, Statement};

use super::connect;
use super::statement::Parameters;
use crate::domain::Account;
use crate::failure::Result;
use crate::stage::Place;
use crate::variant::Contender;
use crate::workload::{Flush, MixedFlush};

const GET_MANY: &str = "
    SELECT id, name, balance, version
    FROM accounts
    WHERE id = ANY($1)
    ORDER BY id
";

const ADD: &str = "INSERT INTO accounts (id, name, balance, version) VALUES ($1, $2, $3, $4)";

const CHANGE: &str = "
    UPDATE accounts
    SET balance = $2, version = version + 1
    WHERE id = $1 AND version = $3
";

const REMOVE: &str = "DELETE FROM accounts WHERE id = $1 AND version = $2";

const ADD_EVENT: &str = "
    INSERT INTO outbox (event_type, aggregate_type, aggregate_id, payload, created_at)
    VALUES ($1, $2, $3, $4, $5)
";

pub(super) struct OneByOne {
    client: Client,
    get_many: Statement,
    add: Statement,
    change: Statement,
    remove: Statement,
    add_event: Statement,
    loaded: Vec<Account>,
}

impl Contender<MixedFlush> for OneByOne {
    const TECHNIQUE: &'static str = "one statement after another";

    async fn open(place: &Place) -> Result<Self> {
        let client = connect(&place.url).await?;
        Ok(Self {
            get_many: client.prepare(GET_MANY).await?,
            add: client.prepare(ADD).await?,
            change: client.prepare(CHANGE).await?,
            remove: client.prepare(REMOVE).await?,
            add_event: client.prepare(ADD_EVENT).await?,
            loaded: Vec::new(),
            client,
        })
    }

    async fn prepare(&mut self, input: &Flush) -> Result<()> {
        self.loaded.clear();
        for row in self.client.query(&self.get_many, &[&input.loaded()]).await? {
            self.loaded.push(Account {
                id: row.try_get(0)?,
                name: row.try_get(1)?,
                balance: row.try_get(2)?,
                version: row.try_get(3)?,
            });
        }
        Ok(())
    }

    async fn run(&mut self, input: Flush) -> Result<()> {
        let client = &self.client;
        client.batch_execute("BEGIN").await?;
        for account in self.loaded.drain(..) {
            let changed = if input.removed.contains(&account.id) {
                client.execute(&self.remove, &[&account.id, &account.version]).await?
            } else {
                let balance = account.balance + input.credit;
                client.execute(&self.change, &[&account.id, &balance, &account.version]).await?
            };
            if changed != 1 {
                return Err("an account is stale".into());
            }
        }
        for a in &input.new {
            client.execute(&self.add, &[&a.id, &a.name, &a.balance, &a.version]).await?;
        }
        for e in &input.events {
            let event: Parameters<'_> =
                &[&e.event_type, &e.aggregate_type, &e.aggregate_id, &e.payload, &e.created_at];
            client.execute(&self.add_event, event).await?;
        }
        Ok(client.batch_execute("COMMIT").await?)
    }
}
