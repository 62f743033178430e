//! The use cases: plain functions over the ports, one unit of work each.
//!
//! The time comes in as an argument, so that a test chooses it.

mod change_email;
mod register;
mod register_all;
mod verify_email;

pub use change_email::change_email;
pub use register::register;
pub use register_all::register_all;
pub use verify_email::verify_email;
