//! `finance events`: lists the outbox.

use finance_adapter::{FinanceStorage, StoredEvent};
use serde_json::json;
use underpin::outbox::OutboxRow;

use crate::cli::Part;
use crate::error::{End, Error};
use crate::event_shape::EventShape;
use crate::output::{Column, Listing, next_page, readable};

const COLUMNS: [Column; 6] = [
    Column::new("ID", 6),
    Column::new("EVENT", 14),
    Column::new("OF", 31),
    Column::new("RAISED", 20),
    Column::new("DELIVERED", 20),
    Column::last("PAYLOAD"),
];

pub(crate) async fn run(storage: &FinanceStorage, waiting: bool, part: &Part) -> Result<End, Error> {
    let events = storage
        .database()
        .select::<StoredEvent>()
        .filter_some(waiting.then_some(()), |()| OutboxRow::PROCESSED_AT.is_null())
        .order_by(OutboxRow::ID.asc());
    let page = events.page(part.limit, part.after.as_ref()).await?;
    let mut listing = Listing::begin(part.listing.format, &COLUMNS)?;
    page.items
        .iter()
        .try_for_each(|event| listing.push(|| cells(&event.0), || json!(EventShape::from(event))))?;
    listing.end()?;
    next_page(page.next.as_ref());
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
