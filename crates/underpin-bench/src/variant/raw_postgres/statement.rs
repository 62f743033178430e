//! The statements and column arrays that more than one workload uses.

use chrono::{DateTime, Utc};
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Statement};

use crate::domain::{Event, User};
use crate::failure::Result;

/// The parameters of one statement; bound by name first, for they must outlive a pipeline.
pub(super) type Parameters<'a> = &'a [&'a (dyn ToSql + Sync)];

const ADD_USERS: &str = "
    INSERT INTO users (id, email, email_verified, created_at, updated_at)
    SELECT * FROM unnest($1::text[], $2::text[], $3::boolean[], $4::timestamptz[], $5::timestamptz[])
";

const ADD_EVENTS: &str = "
    INSERT INTO outbox (event_type, aggregate_type, aggregate_id, payload, created_at)
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[])
";

/// Users by column, for one statement with arrays.
pub(super) struct AddUsers(Statement);

impl AddUsers {
    pub(super) async fn prepare(client: &Client) -> Result<Self> {
        Ok(Self(client.prepare(ADD_USERS).await?))
    }

    pub(super) async fn run(
        &self,
        client: &Client,
        users: &[User],
    ) -> std::result::Result<u64, tokio_postgres::Error> {
        let ids: Vec<&str> = users.iter().map(|u| u.id.as_str()).collect();
        let emails: Vec<&str> = users.iter().map(|u| u.email.as_str()).collect();
        let verified: Vec<bool> = users.iter().map(|u| u.email_verified).collect();
        let created: Vec<DateTime<Utc>> = users.iter().map(|u| u.created_at).collect();
        let updated: Vec<DateTime<Utc>> = users.iter().map(|u| u.updated_at).collect();
        client.execute(&self.0, &[&ids, &emails, &verified, &created, &updated]).await
    }
}

/// Events by column, for one statement with arrays.
pub(super) struct AddEvents(Statement);

impl AddEvents {
    pub(super) async fn prepare(client: &Client) -> Result<Self> {
        Ok(Self(client.prepare(ADD_EVENTS).await?))
    }

    pub(super) async fn run(
        &self,
        client: &Client,
        events: &[Event],
    ) -> std::result::Result<u64, tokio_postgres::Error> {
        let types: Vec<&str> = events.iter().map(|e| e.event_type).collect();
        let aggregates: Vec<&str> = events.iter().map(|e| e.aggregate_type).collect();
        let ids: Vec<&str> = events.iter().map(|e| e.aggregate_id.as_str()).collect();
        let payloads: Vec<&str> = events.iter().map(|e| e.payload.as_str()).collect();
        let created: Vec<DateTime<Utc>> = events.iter().map(|e| e.created_at).collect();
        client.execute(&self.0, &[&types, &aggregates, &ids, &payloads, &created]).await
    }
}
