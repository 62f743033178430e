//! One user and one event in a single data-modifying statement, which is its own transaction.

use tokio_postgres::{Client, Statement};

use super::connect;
use crate::failure::Result;
use crate::stage::Place;
use crate::variant::Contender;
use crate::workload::{UnitOfWorkOne, Workload};

const ADD: &str = "
    WITH added AS (
        INSERT INTO users (id, email, email_verified, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5)
    )
    INSERT INTO outbox (event_type, aggregate_type, aggregate_id, payload, created_at)
    VALUES ($6, $7, $8, $9, $10)
";

pub(super) struct Cte {
    client: Client,
    add: Statement,
}

impl Contender<UnitOfWorkOne> for Cte {
    const TECHNIQUE: &'static str = "one data-modifying CTE";

    async fn open(place: &Place) -> Result<Self> {
        let client = connect(&place.url).await?;
        let add = client.prepare(ADD).await?;
        Ok(Self { client, add })
    }

    async fn run(&mut self, input: <UnitOfWorkOne as Workload>::Input) -> Result<()> {
        for (u, e) in &input {
            self.client
                .execute(
                    &self.add,
                    &[
                        &u.id,
                        &u.email,
                        &u.email_verified,
                        &u.created_at,
                        &u.updated_at,
                        &e.event_type,
                        &e.aggregate_type,
                        &e.aggregate_id,
                        &e.payload,
                        &e.created_at,
                    ],
                )
                .await?;
        }
        Ok(())
    }
}
