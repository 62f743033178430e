//! The adapter: rows and mappings for the benchmark's domain.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use underpin::outbox::OutboxRow;
use underpin::{Entity, Events, MappingError, Schema, SchemaBuilder, Store, Table};

use crate::domain::{Account, Car, Event, User};

/// The marker.
pub(super) struct Db;

impl Store for Db {
    fn schema() -> SchemaBuilder {
        Schema::builder().table::<UserRow>().table::<CarRow>().table::<AccountRow>().table::<OutboxRow>()
    }
}

#[derive(Table)]
#[table(name = "users")]
pub(super) struct UserRow {
    #[column(primary_key, length = 36)]
    id: String,
    #[column(unique, length = 255)]
    email: String,
    #[column(server_default = "false")]
    email_verified: bool,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[table(name = "cars")]
pub(super) struct CarRow {
    #[column(primary_key)]
    pub(super) id: String,
    pub(super) make: String,
    pub(super) model: String,
    pub(super) year: i32,
    #[column(precision = 12, scale = 2)]
    pub(super) price_mxn: Decimal,
}

#[derive(Table)]
#[table(name = "accounts")]
pub(super) struct AccountRow {
    #[column(primary_key)]
    id: i64,
    name: String,
    #[column(precision = 14, scale = 2)]
    balance: Decimal,
    #[column(version)]
    version: i64,
}

impl Entity<Db> for User {
    type Row = UserRow;

    fn to_row(&self) -> UserRow {
        UserRow {
            id: self.id.clone(),
            email: self.email.clone(),
            email_verified: self.email_verified,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }

    fn from_row(row: UserRow) -> Result<Self, MappingError> {
        let UserRow { id, email, email_verified, created_at, updated_at } = row;
        Ok(Self { id, email, email_verified, created_at, updated_at })
    }
}

impl Events<Db> for User {}

impl Entity<Db> for Car {
    type Row = CarRow;

    fn to_row(&self) -> CarRow {
        CarRow {
            id: self.id.clone(),
            make: self.make.clone(),
            model: self.model.clone(),
            year: self.year,
            price_mxn: self.price_mxn,
        }
    }

    fn from_row(row: CarRow) -> Result<Self, MappingError> {
        let CarRow { id, make, model, year, price_mxn } = row;
        Ok(Self { id, make, model, year, price_mxn })
    }
}

impl Events<Db> for Car {}

impl Entity<Db> for Account {
    type Row = AccountRow;

    fn to_row(&self) -> AccountRow {
        AccountRow { id: self.id, name: self.name.clone(), balance: self.balance, version: self.version }
    }

    fn from_row(row: AccountRow) -> Result<Self, MappingError> {
        let AccountRow { id, name, balance, version } = row;
        Ok(Self { id, name, balance, version })
    }
}

impl Events<Db> for Account {}

/// The outbox row of an event.
pub(super) fn message(event: &Event) -> OutboxRow {
    OutboxRow::new(
        event.event_type,
        event.aggregate_type,
        event.aggregate_id.as_str(),
        event.payload.as_str(),
    )
    .raised_at(event.created_at.into())
}
