//! The entity of `outbox`.

use sea_orm::entity::prelude::*;
use sea_orm::{NotSet, Set};

use crate::domain::Event;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) event_type: String,
    pub(crate) aggregate_type: String,
    pub(crate) aggregate_id: String,
    #[sea_orm(column_type = "Text")]
    pub(crate) payload: String,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) processed_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// An event to insert.
pub(crate) fn new(e: Event) -> ActiveModel {
    ActiveModel {
        id: NotSet,
        event_type: Set(e.event_type.to_owned()),
        aggregate_type: Set(e.aggregate_type.to_owned()),
        aggregate_id: Set(e.aggregate_id),
        payload: Set(e.payload),
        created_at: Set(e.created_at),
        processed_at: NotSet,
    }
}
