//! Reads that see one state, and reads in portions.

mod locks;
mod portions;
mod session;

pub use locks::*;
pub use portions::*;
pub use session::*;
