//! Many rows by one verb: `insert_many`, `upsert`, and `update` and `delete` by query.

mod delete;
mod insert;
mod outcome;
mod renew;
mod source;
mod touched;
mod update;
mod upsert;

pub use delete::Delete;
pub use insert::{InsertMany, Items};
pub use outcome::{Count, Outcome};
pub use update::Update;
pub use upsert::{Conflicting, Upsert};
