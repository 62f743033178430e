//! How a user is stored: state to row, row to state, events to the outbox.

use finance_domain::{DomainEvent, User, UserEvent, UserState};
use underpin::outbox::OutboxRow;
use underpin::{Entity, Events, MappingError, Outgoing};

use crate::Db;
use crate::payload::payload;
use crate::row::UserRow;

impl Entity<Db> for User {
    type Row = UserRow;

    // Both ways name every field: one more in the domain or in the table is a compile error here.

    fn to_row(&self) -> UserRow {
        let UserState { id, email, email_verified, created_at, updated_at } = self.state();
        UserRow {
            id: id.to_string(),
            email: email.to_string(),
            email_verified: *email_verified,
            created_at: *created_at,
            updated_at: *updated_at,
        }
    }

    fn from_row(row: UserRow) -> Result<Self, MappingError> {
        let UserRow { id, email, email_verified, created_at, updated_at } = row;
        Ok(Self::restore(UserState {
            id: id.parse()?,
            email: email.parse()?,
            email_verified,
            created_at,
            updated_at,
        }))
    }
}

impl Events<Db> for User {
    fn drain(&mut self, out: &mut Outgoing) {
        for event in self.take_events() {
            let message = OutboxRow::new(
                event.event_type(),
                UserEvent::AGGREGATE_TYPE,
                event.aggregate_id(),
                payload(&event).to_string(),
            );
            out.push(message.raised_at(event.occurred_at()));
        }
    }
}
