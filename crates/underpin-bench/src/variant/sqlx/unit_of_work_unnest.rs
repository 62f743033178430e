//! 100 inserts, 100 updates and 200 events as three hand-written UNNEST statements.

use chrono::{DateTime, Utc};
use sqlx::{Connection, PgConnection};

use super::rows::UserRow;
use super::unit_of_work_many::GET_MANY;
use crate::domain::Event;
use crate::failure::Result;
use crate::stage::Place;
use crate::variant::Contender;
use crate::workload::{Batch, UnitOfWorkMany};

const ADD_USERS: &str = "
    INSERT INTO users (id, email, email_verified, created_at, updated_at)
    SELECT * FROM unnest($1::text[], $2::text[], $3::boolean[], $4::timestamptz[], $5::timestamptz[])
";

const VERIFY: &str = "
    UPDATE users
    SET email_verified = changed.email_verified
    FROM unnest($1::text[], $2::boolean[]) AS changed (id, email_verified)
    WHERE users.id = changed.id
";

const ADD_EVENTS: &str = "
    INSERT INTO outbox (event_type, aggregate_type, aggregate_id, payload, created_at)
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[])
";

pub(super) struct Unnest {
    connection: PgConnection,
    loaded: Vec<UserRow>,
}

impl Contender<UnitOfWorkMany> for Unnest {
    const TECHNIQUE: &'static str = "UNNEST by hand";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { connection: PgConnection::connect(&place.url).await?, loaded: Vec::new() })
    }

    async fn prepare(&mut self, input: &Batch) -> Result<()> {
        self.loaded = sqlx::query_as(GET_MANY).bind(&input.changed).fetch_all(&mut self.connection).await?;
        Ok(())
    }

    async fn run(&mut self, input: Batch) -> Result<()> {
        let new = &input.new;
        for user in &mut self.loaded {
            user.email_verified = true;
        }
        let mut transaction = self.connection.begin().await?;
        sqlx::query(ADD_USERS)
            .bind(new.iter().map(|u| u.id.as_str()).collect::<Vec<_>>())
            .bind(new.iter().map(|u| u.email.as_str()).collect::<Vec<_>>())
            .bind(new.iter().map(|u| u.email_verified).collect::<Vec<_>>())
            .bind(new.iter().map(|u| u.created_at).collect::<Vec<_>>())
            .bind(new.iter().map(|u| u.updated_at).collect::<Vec<_>>())
            .execute(&mut *transaction)
            .await?;
        sqlx::query(VERIFY)
            .bind(self.loaded.iter().map(|u| u.id.as_str()).collect::<Vec<_>>())
            .bind(self.loaded.iter().map(|u| u.email_verified).collect::<Vec<_>>())
            .execute(&mut *transaction)
            .await?;
        add_events(&mut transaction, &input.events).await?;
        Ok(transaction.commit().await?)
    }
}

pub(super) async fn add_events(connection: &mut PgConnection, events: &[Event]) -> Result<()> {
    let types: Vec<&str> = events.iter().map(|e| e.event_type).collect();
    let aggregates: Vec<&str> = events.iter().map(|e| e.aggregate_type).collect();
    let ids: Vec<&str> = events.iter().map(|e| e.aggregate_id.as_str()).collect();
    let payloads: Vec<&str> = events.iter().map(|e| e.payload.as_str()).collect();
    let created: Vec<DateTime<Utc>> = events.iter().map(|e| e.created_at).collect();
    let query = sqlx::query(ADD_EVENTS).bind(types).bind(aggregates).bind(ids).bind(payloads).bind(created);
    query.execute(connection).await?;
    Ok(())
}
