//! What somebody who has given a unit of work away can still learn of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

const ENDED: u8 = 1;
const RETRYABLE: u8 = 2;

/// Shared by a unit of work and whoever runs it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Watch(Arc<AtomicU8>);

impl Watch {
    /// It was committed or rolled back.
    pub(super) fn ended(&self) {
        self.0.fetch_or(ENDED, Ordering::Relaxed);
    }

    /// It failed in a way that asks for another run.
    pub(super) fn retryable(&self) {
        self.0.fetch_or(RETRYABLE, Ordering::Relaxed);
    }

    pub(crate) fn was_ended(&self) -> bool {
        self.0.load(Ordering::Relaxed) & ENDED != 0
    }

    pub(crate) fn saw_retryable(&self) -> bool {
        self.0.load(Ordering::Relaxed) & RETRYABLE != 0
    }
}
