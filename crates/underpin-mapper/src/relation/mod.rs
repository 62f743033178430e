//! How rows of one table refer to rows of another: along a foreign key.

mod find;
mod keys;
mod resolve;
mod via;

pub(crate) use find::Finder;
pub(crate) use keys::ParentKeys;
pub(crate) use resolve::Relation;
pub use via::{OnlyForeignKey, Via};
