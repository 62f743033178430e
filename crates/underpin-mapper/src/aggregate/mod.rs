//! Entities of several tables: a root row, and parts that live and go with it.

mod mapping;
mod part;
mod read;
mod shape;
mod track;
mod tree;
mod tuple;
mod verify;
pub(crate) mod whole;

pub use mapping::Aggregate;
pub use part::{HasMany, HasOne, ManyToMany};
pub use shape::PartRows;
pub use tree::Parts;
pub use verify::aggregate;

use shape::Shape;

pub(crate) use tree::Tree;
pub(crate) use verify::checked;
