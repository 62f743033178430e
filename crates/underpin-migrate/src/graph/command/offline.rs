//! The way from one place to another, whatever is applied anywhere.

use std::collections::BTreeSet;

use crate::graph::destination::Point;
use crate::graph::edges::Along;
use crate::graph::moves::Moves;
use crate::graph::resolve::{Spot, refused};
use crate::graph::view::View;
use crate::graph::{Destination, Graph, Range};
use crate::{Result, Revision};

impl Graph {
    /// The moves of an upgrade `from:to`, or from base if only `to` is said.
    ///
    /// # Errors
    /// Those of [`Graph::upgrade`]; a range that goes down; one that says no end.
    pub fn offline_upgrade(&self, range: &Range) -> Result<Moves<'_>> {
        let nothing = self.view(&BTreeSet::new())?;
        let Some(to) = range.to() else {
            return Err(refused(
                format!("the range `{range}` does not say where the upgrade is to end"),
                "write from:to, as in base:head",
            ));
        };
        let mut from = Vec::new();
        if let Some(below) = range.from() {
            from = nothing.offline_start(below, to)?;
        }
        let applied = nothing.identifiers_below(&from);
        let view = self.view(&applied)?;
        let targets = view.upgrade_targets(to)?;
        let is_reached = |at: &usize| view.applied.contains(*at);
        if targets.iter().all(is_reached) && !targets.iter().all(|at| from.contains(at)) {
            return Err(refused(
                format!(
                    "the range `{range}` goes down: {} stands below its beginning",
                    view.listed(&targets)
                ),
                "turn it round, or use a downgrade",
            ));
        }
        Ok(view.upgraded(&targets))
    }

    /// The moves of a downgrade `from:to`.
    ///
    /// # Errors
    /// Those of [`Graph::downgrade`]; a range of which an end is left out.
    pub fn offline_downgrade(&self, range: &Range) -> Result<Moves<'_>> {
        let nothing = self.view(&BTreeSet::new())?;
        let (Some(from), Some(to)) = (range.from(), range.to()) else {
            return Err(refused(
                format!("`{range}` does not say where the downgrade begins and where it ends"),
                "write from:to, as in head:base",
            ));
        };
        if let Point::Relative(None, _) = from.point {
            return Err(refused(
                format!(
                    "the downgrade `{range}` cannot begin at `{from}`, since nothing is known to be applied"
                ),
                "begin it at a revision, as in head:-2",
            ));
        }
        let from = nothing.found(from)?;
        let applied = nothing.identifiers_below(&from);
        self.view(&applied)?.downgraded(to)
    }
}

impl<'g> View<'g> {
    /// Where an upgrade begins; steps are counted down from its end.
    fn offline_start(&self, from: &Destination, to: &Destination) -> Result<Vec<usize>> {
        match from.point {
            Point::Relative(None, 1..) => Err(refused(
                format!("an upgrade cannot begin at `{from}`, since nothing is known to be applied"),
                "begin it at a revision, or a number of steps below its end, as in -2:head",
            )),
            Point::Relative(None, steps) => {
                let branch = self.branch(from)?;
                let mut start = Vec::new();
                for end in self.upgrade_targets(to)? {
                    if let Spot::At(at) = self.walk(Spot::At(end), steps, branch.as_ref(), from)? {
                        start.push(at);
                    }
                }
                Ok(start)
            }
            Point::At(_) | Point::Relative(Some(_), _) => self.found(from),
        }
    }

    fn identifiers_below(&self, from: &[usize]) -> BTreeSet<&'g str> {
        let below = self.edges.below(from.iter().copied(), Along::All);
        below.iter().map(|at| self.revision(at)).map(Revision::id).collect()
    }
}
