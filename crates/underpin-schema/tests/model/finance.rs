//! The tables of a service that keeps users, secrets and events.

use crate::{Auto, Table};

/// A user.
#[derive(Table)]
#[table(name = "users", comment = "who's there")]
pub struct UserRow {
    #[column(primary_key, length = 36)]
    pub id: String,
    #[column(unique, length = 255, comment = "where mail goes")]
    pub email: String,
    #[column(server_default = "false")]
    pub email_verified: bool,
}

/// A secret of a user.
#[derive(Table)]
#[table(name = "encrypted_secrets")]
#[table(index(columns = [user_id, secret_type], name = "ix_encrypted_secrets_user_type", unique))]
pub struct SecretRow {
    #[column(primary_key, identity)]
    pub id: Auto<i32>,
    #[column(length = 36, references = UserRow::ID)]
    pub user_id: String,
    #[column(length = 50)]
    pub secret_type: String,
    pub encrypted_value: String,
}

/// A stored event.
#[derive(Table)]
#[table(name = "outbox")]
#[table(index(columns = [processed_at], where = "processed_at IS NULL", name = "ix_outbox_unprocessed"))]
pub struct OutboxRow {
    #[column(primary_key, identity)]
    pub id: i64,
    #[column(length = 255)]
    pub event_type: String,
    pub processed_at: Option<i64>,
}
