//! The entities and tables of the suite.

#![allow(missing_docs, reason = "a row's fields are its columns, and say no more than their names")]

mod album;
mod badge;
mod everything;
mod note;
mod order;
mod person;
mod shape;
mod team;

pub use album::{Album, AlbumRow, Cover, CoverRow, Disc, DiscRow, PrintRow, Track, TrackRow};
pub use badge::{Badge, BadgeRow};
pub use everything::{Everything, EverythingRow, Mood};
pub use note::{Note, NoteRow};
pub use order::{
    AddressRow, Item, ItemRow, Line, LineRow, Order, OrderHead, OrderRow, OrderTagRow, Tag, TagRow,
};
pub use person::{Person, PersonRow};
pub use shape::{Shape, ShapeRow};
pub use team::{Team, TeamRow};

use underpin::outbox::OutboxRow;
use underpin::{Schema, SchemaBuilder, Store, aggregate};

/// The marker of the suite's tables.
#[derive(Debug)]
pub struct Suite;

impl Store for Suite {
    fn schema() -> SchemaBuilder {
        Schema::builder()
            .table::<PersonRow>()
            .table::<TeamRow>()
            .table::<BadgeRow>()
            .table::<NoteRow>()
            .table::<ShapeRow>()
            .table::<EverythingRow>()
            .table::<OutboxRow>()
            .table::<OrderRow>()
            .table::<LineRow>()
            .table::<ItemRow>()
            .table::<AddressRow>()
            .table::<TagRow>()
            .table::<OrderTagRow>()
            .table::<AlbumRow>()
            .table::<DiscRow>()
            .table::<TrackRow>()
            .table::<CoverRow>()
            .table::<PrintRow>()
            .verify(aggregate::<Self, Order>)
            .verify(aggregate::<Self, Album>)
    }
}

/// A message that says what was done to what.
pub fn event(what: &'static str, kind: &'static str, id: i64) -> OutboxRow {
    OutboxRow::new(what, kind, id.to_string(), "{}")
}
