//! `finance events`: lists the outbox.

use finance_adapter::{FinanceStorage, StoredEvent};
use serde_json::json;
use underpin::outbox::OutboxRow;

use crate::cli::Format;
use crate::error::{End, Error};
use crate::event_shape::EventShape;
use crate::output::{Column, Listing, readable};

/// How many are in memory at a time.
const PAGE: u64 = 500;

const COLUMNS: [Column; 6] = [
    Column::new("ID", 6),
    Column::new("EVENT", 14),
    Column::new("OF", 31),
    Column::new("RAISED", 20),
    Column::new("DELIVERED", 20),
    Column::last("PAYLOAD"),
];

pub(crate) async fn run(storage: &FinanceStorage, waiting: bool, format: Format) -> Result<End, Error> {
    let mut listing = Listing::begin(format, &COLUMNS)?;
    let mut last: Option<i64> = None;
    loop {
        let page = storage
            .database()
            .select::<StoredEvent>()
            .filter_some(waiting.then_some(()), |()| OutboxRow::PROCESSED_AT.is_null())
            .filter_some(last, |last| OutboxRow::ID.gt(last));
        let events = page.order_by(OutboxRow::ID.asc()).limit(PAGE).all().await?;
        events
            .iter()
            .try_for_each(|event| listing.push(|| cells(&event.0), || json!(EventShape::from(event))))?;
        match events.last() {
            Some(StoredEvent(row)) => last = Some(row.id),
            None => break,
        }
    }
    listing.end()?;
    Ok(End::Done)
}

fn cells(row: &OutboxRow) -> [String; 6] {
    [
        row.id.to_string(),
        row.event_type.to_string(),
        row.aggregate_id.clone(),
        readable(row.created_at),
        row.processed_at.map_or_else(|| "waiting".to_owned(), readable),
        row.payload.clone(),
    ]
}
