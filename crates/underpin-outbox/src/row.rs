//! The table in which messages wait.

use std::borrow::Cow;
use std::time::SystemTime;

use underpin_macros::Table;

/// One message that waits, or has waited, for delivery.
///
/// A program lists it in its schema beside its own tables, and pushes a row for each domain event in its
/// `Events::drain`. `Debug` leaves the payload out.
#[derive(Table)]
#[table(name = "outbox")]
#[table(index(columns = [processed_at], name = "ix_outbox_unprocessed", where = "processed_at IS NULL"))]
pub struct OutboxRow {
    /// Counted by the database; the order of messages of one aggregate.
    #[column(primary_key, identity)]
    pub id: i64,
    /// What happened: `user_registered`.
    #[column(length = 255)]
    pub event_type: Cow<'static, str>,
    /// To what sort of thing: `user`.
    #[column(length = 255)]
    pub aggregate_type: Cow<'static, str>,
    /// To which one.
    #[column(length = 36)]
    pub aggregate_id: String,
    /// The event as JSON text.
    pub payload: String,
    /// When it was raised.
    pub created_at: SystemTime,
    /// When it was delivered.
    pub processed_at: Option<SystemTime>,
}

impl OutboxRow {
    /// A message that waits, raised now. `payload` is JSON text.
    #[must_use]
    pub fn new(
        event_type: impl Into<Cow<'static, str>>,
        aggregate_type: impl Into<Cow<'static, str>>,
        aggregate_id: impl Into<String>,
        payload: impl Into<String>,
    ) -> Self {
        Self {
            id: 0,
            event_type: event_type.into(),
            aggregate_type: aggregate_type.into(),
            aggregate_id: aggregate_id.into(),
            payload: payload.into(),
            created_at: SystemTime::now(),
            processed_at: None,
        }
    }

    /// The same message, raised at another time.
    #[must_use]
    pub fn raised_at(mut self, time: SystemTime) -> Self {
        self.created_at = time;
        self
    }
}

impl std::fmt::Debug for OutboxRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OutboxRow")
            .field("id", &self.id)
            .field("event_type", &self.event_type)
            .field("aggregate_type", &self.aggregate_type)
            .field("aggregate_id", &self.aggregate_id)
            .finish_non_exhaustive()
    }
}
