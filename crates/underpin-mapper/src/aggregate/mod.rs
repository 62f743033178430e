//! Entities of several tables: a root row, and parts that live and go with it.

mod mapping;
mod part;
mod parts;
mod read;
mod track;
mod tuple;
mod verify;
pub(crate) mod whole;

pub use mapping::Aggregate;
pub use part::{By, HasMany, HasOne, ManyToMany};
pub use parts::Parts;
pub use verify::aggregate;

pub(crate) use verify::checked;
