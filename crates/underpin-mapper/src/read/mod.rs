//! Queries for entities, whoever runs them.

mod checkout;
mod order;
mod select;

pub use checkout::Checkout;
pub use order::IntoOrder;
pub use select::{EntitySelect, Reads};

pub(crate) use select::{CollectEntities, drain};
