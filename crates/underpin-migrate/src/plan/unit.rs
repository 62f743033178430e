//! The pieces of a step between which its progress is written down: none of them is ever half done, or it can be seen
//! what of it is done.

use super::{Effect, Stage, Step};
use crate::script::Batch;
use crate::{Dialect, Statement};

/// A piece of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unit<'s> {
    /// How many entries of the step's progress come before it.
    pub(crate) first: usize,
    pub(crate) work: Work<'s>,
}

/// What a piece does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Work<'s> {
    /// Statements that run in one transaction, with the progress.
    Together(&'s [Statement]),
    /// A statement that the database refuses inside a transaction.
    Alone(&'s Statement),
    /// A statement over ranges of keys.
    Batch(&'s Batch),
    /// A function of the program.
    Call { name: &'s str, transaction: bool, line: usize },
}

impl Unit<'_> {
    /// How many entries of the step's progress are done when it is.
    pub(crate) fn end(&self) -> usize {
        match self.work {
            Work::Together(statements) => self.first + statements.len(),
            Work::Alone(_) | Work::Batch(_) | Work::Call { .. } => self.first + 1,
        }
    }
}

impl Step {
    /// The pieces that are left when `done` entries are done.
    pub(crate) fn units(&self, dialect: Dialect, done: usize) -> Vec<Unit<'_>> {
        let mut units = Vec::new();
        let mut first = 0;
        for stage in self.stages() {
            stage.units(dialect, first, done, &mut units);
            first += stage.size();
        }
        units
    }
}

impl Stage {
    fn units<'s>(&'s self, dialect: Dialect, first: usize, done: usize, units: &mut Vec<Unit<'s>>) {
        let skipped = done.saturating_sub(first).min(self.size());
        if skipped == self.size() {
            return;
        }
        let first = first + skipped;
        match self {
            Self::Transaction(statements) => {
                let left = statements.get(skipped..).unwrap_or_default();
                units.push(Unit { first, work: Work::Together(left) });
            }
            Self::Outside(statements) => {
                let left = statements.get(skipped..).unwrap_or_default();
                units.extend(left.chunks(1).enumerate().map(|(index, one)| {
                    let alone = one.first().filter(|statement| Effect::of(statement, dialect).stands_alone());
                    Unit { first: first + index, work: alone.map_or(Work::Together(one), Work::Alone) }
                }));
            }
            Self::Batch(batch) => units.push(Unit { first, work: Work::Batch(batch) }),
            Self::Call { name, transaction, line } => {
                let work = Work::Call { name, transaction: *transaction, line: *line };
                units.push(Unit { first, work });
            }
        }
    }
}
