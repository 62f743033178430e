//! What a command would do, one revision after the other, and the heads before and after.

use crate::Revision;

/// The way from what is applied to where one wants to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moves<'g> {
    pub(super) steps: Vec<Move<'g>>,
    pub(super) heads_before: Vec<&'g str>,
    pub(super) heads_after: Vec<&'g str>,
}

/// One step of the way.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Move<'g> {
    /// Apply a revision.
    Up(&'g Revision),
    /// Undo a revision.
    Down(&'g Revision),
    /// Change what is recorded as applied, and run nothing.
    Record {
        /// The revision that was asked for; none for `base`.
        to: Option<&'g Revision>,
        /// What is recorded as applied, parents first.
        insert: Vec<&'g Revision>,
        /// The identifiers of what is no longer recorded, parents last.
        remove: Vec<String>,
    },
}

impl<'g> Moves<'g> {
    /// The steps, in the order in which they are taken.
    #[must_use]
    pub fn steps(&self) -> &[Move<'g>] {
        &self.steps
    }

    /// There is nothing to do.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The identifiers of the heads of what is applied before the first step, sorted.
    #[must_use]
    pub fn heads_before(&self) -> &[&'g str] {
        &self.heads_before
    }

    /// The identifiers of the heads of what is applied after the last step, sorted.
    #[must_use]
    pub fn heads_after(&self) -> &[&'g str] {
        &self.heads_after
    }
}
