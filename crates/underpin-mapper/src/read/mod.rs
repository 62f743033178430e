//! Queries, whoever runs them.

mod checkout;
mod entities;
mod neighbours;
mod runner;

pub use checkout::Checkout;
pub use entities::{Entities, EntitySelect};
pub use runner::Reads;

pub(crate) use entities::select;
pub(crate) use neighbours::{by_key, children, distinct};
pub(crate) use runner::drain;
