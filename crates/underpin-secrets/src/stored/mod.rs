//! Encrypted columns where they are stored: which keys their rows use, and how they come under another one.

mod backfill;
mod column;
mod layout;
mod literal;
mod moving;
mod pace;
mod place;
mod progress;
mod rotation;
mod row;
mod statement;
mod usage;
mod walk;

pub use backfill::Backfill;
pub use column::StoredColumn;
pub use moving::{Draft, Move};
pub use place::{DriverPlace, Place, PlaceFuture, Texts};
pub use progress::{Progress, RefusedRow, Report, Step};
pub use rotation::Rotation;
pub use usage::{KeyUsage, Usage, retire};
