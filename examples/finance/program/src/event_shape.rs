//! An event as JSON. The spelling is a promise to whoever reads it: change it by adding only.

use finance_adapter::StoredEvent;
use serde::Serialize;
use serde_json::Value;

use crate::output::precise;

/// An event as it stands in the outbox.
#[derive(Debug, Serialize)]
pub(crate) struct EventShape {
    id: i64,
    event_type: String,
    aggregate_type: String,
    aggregate_id: String,
    payload: Value,
    created_at: String,
    /// Nothing while it waits for delivery.
    processed_at: Option<String>,
}

impl From<&StoredEvent> for EventShape {
    fn from(StoredEvent(row): &StoredEvent) -> Self {
        Self {
            id: row.id,
            event_type: row.event_type.to_string(),
            aggregate_type: row.aggregate_type.to_string(),
            aggregate_id: row.aggregate_id.clone(),
            // JSON in the outbox; should another program have put something else there, it is shown as text.
            payload: serde_json::from_str(&row.payload).unwrap_or_else(|_| row.payload.as_str().into()),
            created_at: precise(row.created_at),
            processed_at: row.processed_at.map(precise),
        }
    }
}
