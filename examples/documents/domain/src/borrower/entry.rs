//! One of several things that a borrower has.

use underpin_id::{Id, Prefix};

/// One of several things that a borrower has. Its id tells it from another one that says the same, and sorts as things
/// were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<T: Prefix> {
    /// Which one it is.
    pub id: Id<T>,
    /// What it is.
    pub what: T,
}

impl<T: Prefix> Entry<T> {
    /// A new one.
    #[must_use]
    pub fn new(what: T) -> Self {
        Self { id: Id::new(), what }
    }
}
