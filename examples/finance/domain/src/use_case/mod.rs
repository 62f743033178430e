//! The use cases: plain functions over the ports, one unit of work each.
//!
//! The time comes in as an argument, so that a test chooses it.

mod change_email;
mod forget_secret;
mod keep_secret;
mod list_secrets;
mod open_secret;
mod register;
mod register_all;
mod verify_email;

pub use change_email::change_email;
pub use forget_secret::forget_secret;
pub use keep_secret::keep_secret;
pub use list_secrets::list_secrets;
pub use open_secret::open_secret;
pub use register::register;
pub use register_all::register_all;
pub use verify_email::verify_email;
