//! The values that every variant stores and loads: plain structs, as a domain crate would have them.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

/// A row of `users`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct User {
    pub(crate) id: String,
    pub(crate) email: String,
    pub(crate) email_verified: bool,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) updated_at: DateTime<Utc>,
}

/// A row of `outbox` before the database numbers it; `payload` is JSON.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Event {
    pub(crate) event_type: &'static str,
    pub(crate) aggregate_type: &'static str,
    pub(crate) aggregate_id: String,
    pub(crate) payload: String,
    pub(crate) created_at: DateTime<Utc>,
}

/// A row of `cars`; the price has two decimal places.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Car {
    pub(crate) id: String,
    pub(crate) make: String,
    pub(crate) model: String,
    pub(crate) year: i32,
    pub(crate) price_mxn: Decimal,
}

/// A row of `accounts`; the balance has two decimal places, the version rises by one with each update.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Account {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) balance: Decimal,
    pub(crate) version: i64,
}

/// An order with its lines: an aggregate of three tables.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Order {
    pub(crate) id: i64,
    pub(crate) customer: String,
    pub(crate) version: i64,
    pub(crate) lines: Vec<Line>,
}

/// A line of an order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    pub(crate) id: i64,
    pub(crate) product: String,
    pub(crate) quantity: i32,
    pub(crate) items: Vec<Item>,
}

/// An item of a line.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Item {
    pub(crate) id: i64,
    pub(crate) label: String,
}
