//! The tables and row structs of PostgreSQL as Diesel and diesel-async both use them.
//!
//! No column is ever left to its default, and saying so lets Diesel cache the prepared inserts.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use rust_decimal::Decimal;

use crate::domain::{Account, Car, Event, User};

diesel::table! {
    users (id) {
        id -> Varchar,
        email -> Varchar,
        email_verified -> Bool,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    outbox (id) {
        id -> BigInt,
        event_type -> Varchar,
        aggregate_type -> Varchar,
        aggregate_id -> Varchar,
        payload -> Text,
        created_at -> Timestamptz,
        processed_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    cars (id) {
        id -> Text,
        make -> Text,
        model -> Text,
        year -> Integer,
        price_mxn -> Numeric,
    }
}

diesel::table! {
    accounts (id) {
        id -> BigInt,
        name -> Text,
        balance -> Numeric,
        version -> BigInt,
    }
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = users, check_for_backend(diesel::pg::Pg), treat_none_as_default_value = false)]
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
#[diesel(table_name = cars, check_for_backend(diesel::pg::Pg), treat_none_as_default_value = false)]
pub(super) struct CarRow {
    pub(super) id: String,
    pub(super) make: String,
    pub(super) model: String,
    pub(super) year: i32,
    pub(super) price_mxn: Decimal,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = accounts, check_for_backend(diesel::pg::Pg), treat_none_as_default_value = false)]
pub(super) struct AccountRow {
    pub(super) id: i64,
    name: String,
    pub(super) balance: Decimal,
    pub(super) version: i64,
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
        Self { id: c.id, make: c.make, model: c.model, year: c.year, price_mxn: c.price_mxn }
    }
}

impl From<Account> for AccountRow {
    fn from(a: Account) -> Self {
        Self { id: a.id, name: a.name, balance: a.balance, version: a.version }
    }
}

/// Each value as its row.
pub(super) fn rows<T, R: From<T>>(values: Vec<T>) -> Vec<R> {
    values.into_iter().map(R::from).collect()
}
