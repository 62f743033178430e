//! Aggregates: a root row with rows of other tables that live and go with it.

mod generated_keys;
mod loading;
mod neighbours;
mod saving;

pub use generated_keys::*;
pub use loading::*;
pub use neighbours::*;
pub use saving::*;
