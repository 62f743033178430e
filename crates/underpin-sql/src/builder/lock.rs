//! Locks on the rows that a query reads.

use super::{Runner, SelectFrom};
use crate::Lock;

/// Who runs queries inside of a transaction, so that a lock lasts beyond the query.
#[diagnostic::on_unimplemented(
    message = "rows are locked until a transaction ends, and `{Self}` has none",
    note = "begin a unit of work and ask it: `uow.select::<User>().for_update()`"
)]
pub trait Transactional: Runner {}

impl<Q, L, X: Transactional> SelectFrom<Q, L, X> {
    /// With the rows of the first table locked until the transaction ends.
    pub fn for_update(mut self) -> Self {
        self.select.lock = Lock::ForUpdate;
        self
    }

    /// With the rows of the first table locked until the transaction ends, passing over rows that others hold.
    pub fn skip_locked(mut self) -> Self {
        self.select.lock = Lock::SkipLocked;
        self
    }

    /// With the rows of the first table locked until the transaction ends, failing at once if others hold one.
    pub fn no_wait(mut self) -> Self {
        self.select.lock = Lock::NoWait;
        self
    }

    /// With the rows of the first table kept from changes by others until the transaction ends.
    pub fn for_share(mut self) -> Self {
        self.select.lock = Lock::ForShare;
        self
    }
}
