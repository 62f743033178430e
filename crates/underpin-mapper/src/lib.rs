//! The mapper: entities, the identity map, the unit of work and its flush.
//!
//! - [`Entity`] and [`Events`]: what the adapter says of a domain type.
//! - [`Database`]: a pool, and reads that need no transaction.
//! - [`UnitOfWork`]: one transaction, its identity map, its pending changes and its events.
//! - [`plan`]: from pending changes to an ordered list of groups; a pure function whose result is a value.
//! - [`blocking`]: the same without async, for scripts.
//!
//! **Invariant:** nothing here knows SQL or a database; drivers are trait objects of `underpin_sql::driver`.

mod aggregate;
pub mod blocking;
mod bulk;
mod database;
mod entity;
mod events;
mod expect;
mod identity;
pub mod plan;
mod read;
mod relation;
mod retry;
mod unit_of_work;

pub use aggregate::{Aggregate, By, HasMany, HasOne, ManyToMany, Parts, aggregate};
pub use bulk::{Conflicting, Count, Delete, InsertMany, Items, Outcome, Update, Upsert};
pub use database::Database;
pub use entity::{Entity, MappingError};
pub use events::{Events, Outgoing};
pub use read::{
    Checkout, Entities, EntitySelect, IntoKey, IntoOptionalKey, Lookup, ReadOptions, ReadSession, Reads,
};
pub use relation::{OnlyForeignKey, Via};
pub use retry::RetryPolicy;
pub use unit_of_work::{Added, Savepoint, UnitOfWork};
