//! How many values a key may seal: with random nonces of 96 bits, 2^32 (NIST SP 800-38D).

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::SecretsError;

const WARN: u64 = 1 << 31;
const LIMIT: u64 = 1 << 32;

/// Counts what one key of one column has sealed, in this process and as far as it was told of others.
pub(crate) struct NonceBudget {
    taken: AtomicU64,
    is_warned: AtomicBool,
}

impl NonceBudget {
    pub(crate) fn new() -> Self {
        Self { taken: AtomicU64::new(0), is_warned: AtomicBool::new(false) }
    }

    /// Counts one value, or refuses it.
    /// The count before it, which no other value of this process is given.
    pub(crate) fn take(&self, context: &str, key_id: u32) -> Result<u64, SecretsError> {
        let before = self.taken.fetch_add(1, Ordering::Relaxed);
        if before >= LIMIT {
            self.taken.store(LIMIT, Ordering::Relaxed);
            return Err(SecretsError::exhausted(context, key_id));
        }
        // What others have written may take the count over the line at any time.
        if before >= WARN && !self.is_warned.swap(true, Ordering::Relaxed) {
            tracing::warn!(context, key_id, "half of what this key may encrypt is used; rotate it soon");
        }
        Ok(before)
    }

    pub(crate) fn add(&self, written: u64) {
        // Saturating, so that no sum starts from zero again.
        let add = |count: u64| Some(count.saturating_add(written).min(LIMIT));
        let _ = self.taken.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
    }

    pub(crate) fn taken(&self) -> u64 {
        self.taken.load(Ordering::Relaxed).min(LIMIT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As a machine is copied.
    impl Clone for NonceBudget {
        fn clone(&self) -> Self {
            let copy = Self::new();
            copy.add(self.taken());
            copy
        }
    }

    #[test]
    fn the_last_one_is_the_last() {
        let budget = NonceBudget::new();
        budget.add(LIMIT - 2);
        assert!(budget.take("a", 1).is_ok() && budget.take("a", 1).is_ok());
        for _ in 0..3 {
            let error = budget.take("a", 1).unwrap_err();
            assert!(error.is_exhausted() && error.hint().is_some(), "{error:?}");
        }
        assert_eq!(budget.taken(), LIMIT);
        budget.add(u64::MAX);
        assert!(budget.take("a", 1).is_err());
    }
}
