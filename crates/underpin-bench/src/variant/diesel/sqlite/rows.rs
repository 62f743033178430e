//! The tables and row structs of SQLite: prices are hundredths, times are text.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use rust_decimal::Decimal;

use crate::domain::{Car, Event, User};
use crate::tally::cents;

diesel::table! {
    users (id) {
        id -> Text,
        email -> Text,
        email_verified -> Bool,
        created_at -> TimestamptzSqlite,
        updated_at -> TimestamptzSqlite,
    }
}

diesel::table! {
    outbox (id) {
        id -> BigInt,
        event_type -> Text,
        aggregate_type -> Text,
        aggregate_id -> Text,
        payload -> Text,
        created_at -> TimestamptzSqlite,
        processed_at -> Nullable<TimestamptzSqlite>,
    }
}

diesel::table! {
    cars (id) {
        id -> Text,
        make -> Text,
        model -> Text,
        year -> Integer,
        price_mxn -> BigInt,
    }
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = users, check_for_backend(diesel::sqlite::Sqlite), treat_none_as_default_value = false)]
pub(super) struct UserRow {
    pub(super) id: String,
    pub(super) email: String,
    pub(super) email_verified: bool,
    pub(super) created_at: DateTime<Utc>,
    pub(super) updated_at: DateTime<Utc>,
}

#[derive(Insertable)]
#[diesel(table_name = outbox, treat_none_as_default_value = false)]
pub(super) struct NewEvent {
    event_type: &'static str,
    aggregate_type: &'static str,
    aggregate_id: String,
    payload: String,
    created_at: DateTime<Utc>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = cars, check_for_backend(diesel::sqlite::Sqlite), treat_none_as_default_value = false)]
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

impl From<User> for UserRow {
    fn from(u: User) -> Self {
        Self {
            id: u.id,
            email: u.email,
            email_verified: u.email_verified,
            created_at: u.created_at,
            updated_at: u.updated_at,
        }
    }
}

impl From<Event> for NewEvent {
    fn from(e: Event) -> Self {
        Self {
            event_type: e.event_type,
            aggregate_type: e.aggregate_type,
            aggregate_id: e.aggregate_id,
            payload: e.payload,
            created_at: e.created_at,
        }
    }
}

impl From<Car> for CarRow {
    fn from(c: Car) -> Self {
        Self { id: c.id, make: c.make, model: c.model, year: c.year, price_mxn: cents(c.price_mxn) }
    }
}
