//! What every event of the domain says of itself.

use std::time::SystemTime;

/// Something that has happened to an aggregate and that others may want to know.
///
/// Its content is typed; how it is spelled on its way to others is the matter of an adapter.
pub trait DomainEvent {
    /// What the event tells beyond its type.
    type Payload;

    /// The kind of thing that it happened to: `User`.
    const AGGREGATE_TYPE: &'static str;

    /// What happened, in the past tense: `UserRegistered`.
    fn event_type(&self) -> &'static str;

    /// The id of the thing that it happened to, as text.
    fn aggregate_id(&self) -> String;

    /// When it happened.
    fn occurred_at(&self) -> SystemTime;

    /// What the event tells beyond its type.
    fn payload(&self) -> &Self::Payload;
}
