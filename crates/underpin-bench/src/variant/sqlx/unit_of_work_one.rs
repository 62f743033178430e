//! One user and one event between `begin` and `commit`.

use sqlx::{Connection, PgConnection};

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

pub(super) struct Transactions {
    connection: PgConnection,
}

impl Contender<UnitOfWorkOne> for Transactions {
    const TECHNIQUE: &'static str = "begin, execute, commit";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: PgConnection::connect(&place.url).await? })
    }

    async fn run(&mut self, input: <UnitOfWorkOne as Workload>::Input) -> Result<()> {
        for (u, e) in &input {
            let mut transaction = self.connection.begin().await?;
            sqlx::query(ADD_USER)
                .bind(&u.id)
                .bind(&u.email)
                .bind(u.email_verified)
                .bind(u.created_at)
                .bind(u.updated_at)
                .execute(&mut *transaction)
                .await?;
            sqlx::query(ADD_EVENT)
                .bind(e.event_type)
                .bind(e.aggregate_type)
                .bind(&e.aggregate_id)
                .bind(&e.payload)
                .bind(e.created_at)
                .execute(&mut *transaction)
                .await?;
            transaction.commit().await?;
        }
        Ok(())
    }
}
