//! Queries, whoever runs them.

mod checkout;
mod entities;
mod key;
mod lookup;
mod neighbours;
mod replicas;
mod runner;
mod session;

pub use checkout::Checkout;
pub use entities::{Entities, EntitySelect};
pub use key::{IntoKey, IntoOptionalKey};
pub use lookup::Lookup;
pub use runner::Reads;
pub use session::{ReadOptions, ReadSession};

pub(crate) use entities::select;
pub(crate) use neighbours::{by_key, children, distinct};
pub(crate) use replicas::Replicas;
pub(crate) use runner::drain;
