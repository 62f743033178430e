//! The way up.

use std::collections::BTreeSet;

use super::refuse_current;
use crate::Result;
use crate::graph::destination::{Anchor, Point};
use crate::graph::edges::Along;
use crate::graph::moves::{Move, Moves};
use crate::graph::resolve::{Spot, refused};
use crate::graph::view::View;
use crate::graph::{Destination, Graph};

impl Graph {
    /// What to apply so that an upgrade ends at `to`: what it names, and all on which that stands, as far as it is
    /// not applied.
    ///
    /// # Errors
    /// A destination that is unknown, ambiguous or below; one that is more steps away than there are revisions;
    /// applied revisions that do not fit the graph.
    pub fn upgrade(&self, applied: &BTreeSet<&str>, to: &Destination) -> Result<Moves<'_>> {
        let view = self.view(applied)?;
        let targets = view.upgrade_targets(to)?;
        Ok(view.upgraded(&targets))
    }
}

impl<'g> View<'g> {
    pub(super) fn upgrade_targets(&self, to: &Destination) -> Result<Vec<usize>> {
        refuse_current(to)?;
        if let Some(begun) = self.begun_squash(to) {
            return Ok(begun);
        }
        let branch = self.branch(to)?;
        let branch = branch.as_ref();
        let downwards = || {
            let problem = format!("an upgrade cannot end at `{to}`, which is below what is applied");
            Err(refused(problem, "use a downgrade"))
        };
        let end = match &to.point {
            Point::At(Anchor::Base) => Spot::Base,
            Point::At(anchor) => return self.anchored(anchor, branch),
            Point::Relative(None, ..=0) => return downwards(),
            Point::Relative(None, steps) => self.walk(self.start(branch, to)?, *steps, branch, to)?,
            Point::Relative(Some(anchor), steps) => {
                self.walk(self.spot(anchor, branch)?, *steps, branch, to)?
            }
        };
        match end {
            Spot::Base => downwards(),
            Spot::At(at) => Ok(vec![at]),
        }
    }

    /// What a squash replaces that is asked for while only a part of that is applied: once all is, the squash takes
    /// its place.
    fn begun_squash(&self, to: &Destination) -> Option<Vec<usize>> {
        let at = self.graph.names.id(to.plain_name()?)?;
        let squash = self.graph.squashes.at(at).filter(|_| !self.edges.standing.contains(at))?;
        let inside = self.graph.squashes.inside(squash);
        let stands = |at: &usize| self.edges.standing.contains(*at);
        let inside: Vec<_> = inside.into_iter().filter(stands).collect();
        (!inside.is_empty()).then_some(inside)
    }

    pub(super) fn upgraded(&self, targets: &[usize]) -> Moves<'g> {
        let missing = self.edges.below(targets.iter().copied(), Along::All);
        let missing = missing.keep(|at| !self.applied.contains(at));
        let mut applied = self.applied.clone();
        let mut steps = self.swaps.clone();
        for at in self.edges.order(&missing, targets.iter().copied()).into_iter().rev() {
            steps.push(Move::Up(self.revision(at)));
            applied.insert(at);
            steps.extend(self.newly_complete(&mut applied));
        }
        self.moves(steps)
    }
}
