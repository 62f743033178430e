//! What a command would do, one revision after the other, and the heads before and after.

use std::collections::BTreeSet;
use std::fmt;

use super::Graph;
use crate::Revision;

/// The way from what is applied to where one wants to be. It prints as one line a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moves<'g> {
    steps: Vec<Move<'g>>,
    heads_before: Vec<&'g str>,
    heads_after: Vec<&'g str>,
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
        /// What is recorded as applied from now on, the oldest first.
        insert: Vec<&'g Revision>,
        /// The identifiers of what is recorded no longer.
        remove: Vec<String>,
    },
}

impl<'g> Moves<'g> {
    /// Steps that begin with these identifiers recorded as applied.
    pub(super) fn new(graph: &'g Graph, applied: &BTreeSet<String>, steps: Vec<Move<'g>>) -> Self {
        let mut applied: BTreeSet<&str> = applied.iter().map(String::as_str).collect();
        let heads = |applied: &BTreeSet<&str>| {
            let mut ids: Vec<_> = graph.heads_of(applied).into_iter().map(Revision::id).collect();
            ids.sort_unstable();
            ids
        };
        let heads_before = heads(&applied);
        for step in &steps {
            match step {
                Move::Up(revision) => {
                    applied.insert(revision.id());
                }
                Move::Down(revision) => {
                    applied.remove(revision.id());
                }
                Move::Record { insert, remove, .. } => {
                    for id in remove {
                        applied.remove(id.as_str());
                    }
                    applied.extend(insert.iter().map(|revision| revision.id()));
                }
            }
        }
        let heads_after = heads(&applied);
        Self { steps, heads_before, heads_after }
    }

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

impl fmt::Display for Moves<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.steps.iter().enumerate() {
            f.write_str(if index == 0 { "" } else { "\n" })?;
            step.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Display for Move<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Up(revision) => write!(f, "up {}: {}", revision.id(), revision.message()),
            Self::Down(revision) => write!(f, "down {}: {}", revision.id(), revision.message()),
            Self::Record { to: Some(revision), .. } => {
                write!(f, "stamp {}: {}", revision.id(), revision.message())
            }
            Self::Record { to: None, .. } => f.write_str("stamp base"),
        }
    }
}
