//! `GET /events`: the outbox in the order in which its database counts, a page at a time. It is for looking: who wants each
//! event once is served by a relay.

use axum::extract::State;
use finance_adapter::{FinanceStorage, StoredEvent};
use serde::{Deserialize, Serialize};
use underpin::outbox::OutboxRow;
use underpin::query::Cursor;
use underpin_axum::{Json, Problem, Query, optional_from_text};

use super::portion;
use crate::event_shape::EventShape;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    /// Only those that wait for delivery.
    #[serde(default)]
    waiting: bool,
    limit: Option<i64>,
    #[serde(default, deserialize_with = "optional_from_text")]
    after: Option<Cursor>,
}

#[derive(Debug, Serialize)]
pub(super) struct Found {
    events: Vec<EventShape>,
    /// What the parameter `after` of the next page is, if there is one.
    next: Option<String>,
}

pub(super) async fn events(
    State(storage): State<FinanceStorage>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Found>, Problem> {
    let size = portion::size(wanted.limit)?;
    let events = storage
        .database()
        .select::<StoredEvent>()
        .filter_some(wanted.waiting.then_some(()), |()| OutboxRow::PROCESSED_AT.is_null())
        .order_by(OutboxRow::ID.asc());
    let page = events.page(size, wanted.after.as_ref()).await.map_err(portion::problem)?;
    let events = page.items.iter().map(EventShape::from).collect();
    Ok(Json(Found { events, next: page.next.map(|next| next.to_string()) }))
}
