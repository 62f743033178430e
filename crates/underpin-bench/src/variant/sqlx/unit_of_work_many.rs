//! 100 inserts and 200 events by `push_values`, and one update per user.

use sqlx::{Connection, PgConnection, QueryBuilder};

use super::rows::UserRow;
use crate::failure::Result;
use crate::stage::Place;
use crate::variant::Contender;
use crate::workload::{Batch, UnitOfWorkMany};

pub(super) const GET_MANY: &str = "
    SELECT id, email, email_verified, created_at, updated_at
    FROM users
    WHERE id = ANY($1)
";

const ADD_USERS: &str = "INSERT INTO users (id, email, email_verified, created_at, updated_at) ";

const VERIFY: &str = "UPDATE users SET email_verified = $2 WHERE id = $1";

const ADD_EVENTS: &str =
    "INSERT INTO outbox (event_type, aggregate_type, aggregate_id, payload, created_at) ";

pub(super) struct PushValues {
    connection: PgConnection,
    loaded: Vec<UserRow>,
}

impl Contender<UnitOfWorkMany> for PushValues {
    const TECHNIQUE: &'static str = "push_values, an update each";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: PgConnection::connect(&place.url).await?, loaded: Vec::new() })
    }

    async fn prepare(&mut self, input: &Batch) -> Result<()> {
        self.loaded = sqlx::query_as(GET_MANY).bind(&input.changed).fetch_all(&mut self.connection).await?;
        Ok(())
    }

    async fn run(&mut self, input: Batch) -> Result<()> {
        let mut transaction = self.connection.begin().await?;
        QueryBuilder::new(ADD_USERS)
            .push_values(&input.new, |mut row, u| {
                row.push_bind(&u.id)
                    .push_bind(&u.email)
                    .push_bind(u.email_verified)
                    .push_bind(u.created_at)
                    .push_bind(u.updated_at);
            })
            .build()
            .execute(&mut *transaction)
            .await?;
        for user in &mut self.loaded {
            user.email_verified = true;
            sqlx::query(VERIFY).bind(&user.id).bind(user.email_verified).execute(&mut *transaction).await?;
        }
        QueryBuilder::new(ADD_EVENTS)
            .push_values(&input.events, |mut row, e| {
                row.push_bind(e.event_type)
                    .push_bind(e.aggregate_type)
                    .push_bind(&e.aggregate_id)
                    .push_bind(&e.payload)
                    .push_bind(e.created_at);
            })
            .build()
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }
}
