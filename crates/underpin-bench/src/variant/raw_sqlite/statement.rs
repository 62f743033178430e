//! The statements and row readers that more than one workload uses.

use rusqlite::{Connection, Row, params};
use rust_decimal::Decimal;

use crate::domain::{Car, Event, User};

const ADD_USER: &str = "
    INSERT INTO users (id, email, email_verified, created_at, updated_at)
    VALUES (?1, ?2, ?3, ?4, ?5)
";

const ADD_EVENT: &str = "
    INSERT INTO outbox (event_type, aggregate_type, aggregate_id, payload, created_at)
    VALUES (?1, ?2, ?3, ?4, ?5)
";

pub(super) fn add_user(connection: &Connection, u: &User) -> rusqlite::Result<usize> {
    let mut add = connection.prepare_cached(ADD_USER)?;
    add.execute(params![u.id, u.email, u.email_verified, u.created_at, u.updated_at])
}

pub(super) fn add_event(connection: &Connection, e: &Event) -> rusqlite::Result<usize> {
    let mut add = connection.prepare_cached(ADD_EVENT)?;
    add.execute(params![e.event_type, e.aggregate_type, e.aggregate_id, e.payload, e.created_at])
}

/// A row of id, email, email_verified, created_at, updated_at.
pub(super) fn user(row: &Row<'_>) -> rusqlite::Result<User> {
    Ok(User {
        id: row.get(0)?,
        email: row.get(1)?,
        email_verified: row.get(2)?,
        created_at: row.get(3)?,
        updated_at: row.get(4)?,
    })
}

/// A row of id, make, model, year, price_mxn in hundredths.
pub(super) fn car(row: &Row<'_>) -> rusqlite::Result<Car> {
    Ok(Car {
        id: row.get(0)?,
        make: row.get(1)?,
        model: row.get(2)?,
        year: row.get(3)?,
        price_mxn: Decimal::new(row.get(4)?, 2),
    })
}
