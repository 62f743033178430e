//! What an upgrade, a downgrade or a stamp will do: an ordered list of steps, made without a database.

mod display;
mod effect;
mod stage;
mod step;
mod unit;
mod words;

pub(crate) use effect::{Effect, Leftover};
pub use stage::Stage;
pub(crate) use step::Row;
pub use step::{Step, StepDirection};
pub(crate) use unit::{Unit, Work};

use crate::{Dialect, Moves, Result, Revision};

/// An ordered list of steps. It prints as the SQL that it will run, without what the journal needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    dialect: Dialect,
    steps: Vec<Step>,
    heads_before: Vec<String>,
    heads_after: Vec<String>,
    purge: bool,
}

impl Plan {
    /// Makes steps of the moves through a graph.
    ///
    /// # Errors
    /// A downgrade through a revision that has none.
    pub fn new(moves: &Moves<'_>, dialect: Dialect) -> Result<Self> {
        let owned = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
        let steps = moves.steps().iter().map(|step| Step::new(step, dialect));
        Ok(Self {
            dialect,
            steps: steps.collect::<Result<_>>()?,
            heads_before: owned(moves.heads_before()),
            heads_after: owned(moves.heads_after()),
            purge: false,
        })
    }

    /// The dialect for which it was made.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// The steps, in the order in which they run.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The applied revisions on which no applied one stands, when the plan was made.
    #[must_use]
    pub fn heads_before(&self) -> &[String] {
        &self.heads_before
    }

    /// The applied revisions on which no applied one will stand when it has run.
    #[must_use]
    pub fn heads_after(&self) -> &[String] {
        &self.heads_after
    }

    /// There is nothing to do.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty() && !self.purge
    }

    /// Every row that the journal has goes before the first step.
    #[must_use]
    pub fn is_purge(&self) -> bool {
        self.purge
    }

    pub(crate) fn purging(mut self, heads_before: Vec<String>) -> Self {
        self.purge = true;
        self.heads_before = heads_before;
        self
    }

    /// Runs these revisions before the others: they were begun by an earlier run, so that everything on which they
    /// stand is applied.
    pub(crate) fn resuming(mut self, begun: &[&str]) -> Self {
        self.steps.sort_by_key(|step| !begun.contains(&step.revision()));
        self
    }

    /// Takes these revisions, which were begun and not finished, out of the journal.
    pub(crate) fn forgetting(mut self, given_up: &[&Revision]) -> Self {
        self.steps.splice(0..0, given_up.iter().map(|revision| Step::forgotten(revision)));
        self
    }
}
