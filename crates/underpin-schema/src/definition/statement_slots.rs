//! Where the statements of a table are kept.

use std::any::Any;
use std::fmt;
use std::sync::OnceLock;

use underpin_core::Dialect;

/// One slot for each dialect, filled at first use. What is in it is the business of the crate that renders.
pub struct StatementSlots([OnceLock<Box<dyn Any + Send + Sync>>; Dialect::SLOTS]);

impl StatementSlots {
    /// Empty slots.
    #[must_use]
    pub const fn new() -> Self {
        Self([const { OnceLock::new() }; Dialect::SLOTS])
    }

    /// What is kept for the dialect, made now if it is not there. Each caller must ask for one and the same type.
    pub fn get<T: Any + Send + Sync>(&self, dialect: &Dialect, make: impl FnOnce() -> T) -> Option<&T> {
        self.0.get(dialect.slot)?.get_or_init(|| Box::new(make())).downcast_ref()
    }
}

impl Default for StatementSlots {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for StatementSlots {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StatementSlots")
    }
}
