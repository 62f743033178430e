//! One user and one event in a transaction whose four messages go out at once.

use tokio_postgres::{Client, Statement};

use super::connect;
use super::statement::Parameters;
use crate::failure::Result;
use crate::stage::Place;
use crate::variant::Contender;
use crate::workload::{UnitOfWorkOne, Workload};

const ADD_USER: &str = "
    INSERT INTO users (id, email, email_verified, created_at, updated_at)
    VALUES ($1, $2, $3, $4, $5)
";

const ADD_EVENT: &str = "
    INSERT INTO outbox (event_type, aggregate_type, aggregate_id, payload, created_at)
    VALUES ($1, $2, $3, $4, $5)
";

pub(super) struct Pipelined {
    client: Client,
    add_user: Statement,
    add_event: Statement,
}

impl Contender<UnitOfWorkOne> for Pipelined {
    const TECHNIQUE: &'static str = "BEGIN to COMMIT pipelined";

    async fn open(place: &Place) -> Result<Self> {
        let client = connect(&place.url).await?;
        let add_user = client.prepare(ADD_USER).await?;
        let add_event = client.prepare(ADD_EVENT).await?;
        Ok(Self { client, add_user, add_event })
    }

    async fn run(&mut self, input: <UnitOfWorkOne as Workload>::Input) -> Result<()> {
        let client = &self.client;
        for (u, e) in &input {
            let user: Parameters<'_> = &[&u.id, &u.email, &u.email_verified, &u.created_at, &u.updated_at];
            let event: Parameters<'_> =
                &[&e.event_type, &e.aggregate_type, &e.aggregate_id, &e.payload, &e.created_at];
            // In an aborted transaction COMMIT answers without an error, so the other results decide.
            let (begin, user, event, commit) = tokio::join!(
                biased;
                client.batch_execute("BEGIN"),
                client.execute(&self.add_user, user),
                client.execute(&self.add_event, event),
                client.batch_execute("COMMIT"),
            );
            begin?;
            user?;
            event?;
            commit?;
        }
        Ok(())
    }
}
