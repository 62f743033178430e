//! The mixed flush as four UNNEST statements, pipelined between BEGIN and COMMIT; stale rows are found inside SQL.

use rust_decimal::Decimal;
use tokio_postgres::{Client, Statement};

use super::connect;
use super::statement::{AddEvents, Parameters};
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

const ADD: &str = "
    INSERT INTO accounts (id, name, balance, version)
    SELECT * FROM unnest($1::bigint[], $2::text[], $3::numeric[], $4::bigint[])
";

// COMMIT is on its way already, so a row that is not in the loaded version must abort the transaction by itself.
const CHANGE: &str = "
    WITH changed AS (
        UPDATE accounts
        SET balance = wanted.balance, version = accounts.version + 1
        FROM unnest($1::bigint[], $2::numeric[], $3::bigint[]) AS wanted (id, balance, version)
        WHERE accounts.id = wanted.id AND accounts.version = wanted.version
        RETURNING 1
    )
    SELECT 1 / ((SELECT count(*) FROM changed) = cardinality($1))::integer
";

const REMOVE: &str = "
    WITH removed AS (
        DELETE FROM accounts
        USING unnest($1::bigint[], $2::bigint[]) AS wanted (id, version)
        WHERE accounts.id = wanted.id AND accounts.version = wanted.version
        RETURNING 1
    )
    SELECT 1 / ((SELECT count(*) FROM removed) = cardinality($1))::integer
";

pub(super) struct Pipelined {
    client: Client,
    get_many: Statement,
    add: Statement,
    change: Statement,
    remove: Statement,
    add_events: AddEvents,
    loaded: Vec<Account>,
}

impl Contender<MixedFlush> for Pipelined {
    const TECHNIQUE: &'static str = "four UNNEST statements pipelined";

    async fn open(place: &Place) -> Result<Self> {
        let client = connect(&place.url).await?;
        Ok(Self {
            get_many: client.prepare(GET_MANY).await?,
            add: client.prepare(ADD).await?,
            change: client.prepare(CHANGE).await?,
            remove: client.prepare(REMOVE).await?,
            add_events: AddEvents::prepare(&client).await?,
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
        let (removed, mut changed): (Vec<_>, Vec<_>) =
            self.loaded.drain(..).partition(|account| input.removed.contains(&account.id));
        for account in &mut changed {
            account.balance += input.credit;
        }
        let new_ids: Vec<i64> = input.new.iter().map(|a| a.id).collect();
        let new_names: Vec<&str> = input.new.iter().map(|a| a.name.as_str()).collect();
        let new_balances: Vec<Decimal> = input.new.iter().map(|a| a.balance).collect();
        let new_versions: Vec<i64> = input.new.iter().map(|a| a.version).collect();
        let changed_ids: Vec<i64> = changed.iter().map(|a| a.id).collect();
        let changed_balances: Vec<Decimal> = changed.iter().map(|a| a.balance).collect();
        let changed_versions: Vec<i64> = changed.iter().map(|a| a.version).collect();
        let removed_ids: Vec<i64> = removed.iter().map(|a| a.id).collect();
        let removed_versions: Vec<i64> = removed.iter().map(|a| a.version).collect();
        let add: Parameters<'_> = &[&new_ids, &new_names, &new_balances, &new_versions];
        let change: Parameters<'_> = &[&changed_ids, &changed_balances, &changed_versions];
        let remove: Parameters<'_> = &[&removed_ids, &removed_versions];
        let client = &self.client;
        let (begin, added, changed, removed, events, commit) = tokio::join!(
            biased;
            client.batch_execute("BEGIN"),
            client.execute(&self.add, add),
            client.execute(&self.change, change),
            client.execute(&self.remove, remove),
            self.add_events.run(client, &input.events),
            client.batch_execute("COMMIT"),
        );
        begin?;
        added?;
        changed?;
        removed?;
        events?;
        commit?;
        Ok(())
    }
}
