//! The row structs of SQLite: prices are hundredths.

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
    price_mxn: i64,
}

impl CarRow {
    pub(super) fn price(&self) -> Decimal {
        Decimal::new(self.price_mxn, 2)
    }
}
