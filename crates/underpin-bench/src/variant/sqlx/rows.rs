//! The row structs of PostgreSQL.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use sqlx::FromRow;

#[derive(FromRow)]
pub(super) struct UserRow {
    pub(super) id: String,
    pub(super) email: String,
    pub(super) email_verified: bool,
    pub(super) created_at: DateTime<Utc>,
    pub(super) updated_at: DateTime<Utc>,
}

#[derive(FromRow)]
pub(super) struct CarRow {
    pub(super) id: String,
    pub(super) make: String,
    pub(super) model: String,
    pub(super) year: i32,
    pub(super) price_mxn: Decimal,
}

/// The columns of an account that a change needs.
#[derive(FromRow)]
pub(super) struct AccountRow {
    pub(super) id: i64,
    pub(super) balance: Decimal,
    pub(super) version: i64,
}
