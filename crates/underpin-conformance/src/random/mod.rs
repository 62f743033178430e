//! Random units of work against a sequential model.
//!
//! A unit of work is a list of steps made from a seed. The model executes it on plain maps, as if all constraints were
//! checked at each flush and at the commit; the toolkit executes it on a database. Both must end in the same way, and
//! the database must then hold what the model holds, events included.

mod generate;
mod orders;
mod reference;
mod replay;
mod rng;

pub use generate::{Step, unit_of_work};
pub use orders::{Changes, fewest_changes, rows};
pub use reference::{BadgeState, Contents, Outcome, PersonState, Reference, TeamState};
pub use replay::{contents, replay};
pub use rng::Rng;
