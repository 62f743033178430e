//! What a pool has sent, written down while somebody asks for it: for tests.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// The statements of a pool, kept for as long as somebody listens. They hold no parameters.
#[derive(Debug, Default)]
pub struct Journal {
    listeners: AtomicUsize,
    kept: Mutex<Vec<String>>,
}

/// Somebody who listens to a journal, until this is dropped.
#[derive(Debug)]
pub struct Listening<'a> {
    journal: &'a Journal,
    from: usize,
}

impl Journal {
    /// An empty one, to which nobody listens.
    #[must_use]
    pub const fn new() -> Self {
        Self { listeners: AtomicUsize::new(0), kept: Mutex::new(Vec::new()) }
    }

    /// Whether anybody listens.
    #[must_use]
    pub fn is_heard(&self) -> bool {
        self.listeners.load(Ordering::Relaxed) > 0
    }

    /// Keeps what was sent, if anybody listens.
    pub fn keep(&self, statement: impl FnOnce() -> String) {
        if self.is_heard() {
            let statement = statement();
            self.kept.lock().unwrap_or_else(PoisonError::into_inner).push(statement);
        }
    }

    /// Listens from now on.
    pub fn listen(&self) -> Listening<'_> {
        self.listeners.fetch_add(1, Ordering::Relaxed);
        let from = self.kept.lock().unwrap_or_else(PoisonError::into_inner).len();
        Listening { journal: self, from }
    }
}

impl Listening<'_> {
    /// What was sent since.
    #[must_use]
    pub fn heard(&self) -> Vec<String> {
        let kept = self.journal.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(self.from..).unwrap_or_default().to_vec()
    }
}

impl Drop for Listening<'_> {
    fn drop(&mut self) {
        let mut kept = self.journal.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if self.journal.listeners.fetch_sub(1, Ordering::Relaxed) == 1 {
            kept.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_are_kept_while_somebody_listens() {
        let journal = Journal::new();
        journal.keep(|| panic!("nobody listens"));
        let outer = journal.listen();
        journal.keep(|| "a".to_owned());
        let inner = journal.listen();
        journal.keep(|| "b".to_owned());
        assert_eq!(inner.heard(), ["b"]);
        drop(inner);
        assert_eq!(outer.heard(), ["a", "b"]);
        drop(outer);
        assert!(!journal.is_heard() && journal.listen().heard().is_empty());
    }
}
