//! Tables for the tests of this crate. The derive names the façade, which stands above: the test crates take its
//! place, and `model` has what the derive asks for.

mod catalogue;
mod cycle;
mod everything;
mod finance;

pub use catalogue::CarRow;
pub use cycle::{ChickenRow, EggRow, NestRow};
pub use everything::{BookingRow, EverythingRow};
pub use finance::{OutboxRow, SecretRow, UserRow};
