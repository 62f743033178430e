//! An event as it stands in the outbox, for reading.

use underpin::outbox::OutboxRow;
use underpin::{Entity, Events, MappingError, Table};

use crate::Db;

/// A row of the outbox, as it is.
#[derive(Debug)]
pub struct StoredEvent(pub OutboxRow);

impl Entity<Db> for StoredEvent {
    type Row = OutboxRow;

    fn to_row(&self) -> OutboxRow {
        self.0.duplicate()
    }

    fn from_row(row: OutboxRow) -> Result<Self, MappingError> {
        Ok(Self(row))
    }
}

impl Events<Db> for StoredEvent {}
