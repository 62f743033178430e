//! The way down.

use std::collections::BTreeSet;

use super::refuse_current;
use crate::Result;
use crate::graph::destination::{Anchor, Point};
use crate::graph::edges::Along;
use crate::graph::members::Members;
use crate::graph::moves::{Move, Moves};
use crate::graph::resolve::{Spot, refused};
use crate::graph::view::View;
use crate::graph::{Destination, Graph};

/// Where a downgrade ends, and the part of the graph to which it keeps.
struct End {
    spot: Spot,
    within: Option<Members>,
}

impl Graph {
    /// What to undo so that a downgrade ends at `to`: what stands on it or depends on what does, as far as it is
    /// applied. What is named stays.
    ///
    /// # Errors
    /// A destination that is unknown, ambiguous or not applied; one that is more steps away than there are applied
    /// revisions; applied revisions that do not fit the graph.
    pub fn downgrade(&self, applied: &BTreeSet<&str>, to: &Destination) -> Result<Moves<'_>> {
        self.view(applied)?.downgraded(to)
    }
}

impl<'g> View<'g> {
    pub(super) fn downgraded(&self, to: &Destination) -> Result<Moves<'g>> {
        let end = self.downgrade_end(to)?;
        if let Spot::At(at) = end.spot
            && !self.applied.contains(at)
        {
            return Err(refused(
                format!("a downgrade cannot end at {}, which is not applied", self.listed(&[at])),
                "use an upgrade",
            ));
        }
        let above = match end.spot {
            Spot::Base => self.edges.bases(),
            Spot::At(at) => self.edges.children[at].clone(),
        };
        let above =
            above.into_iter().filter(|at| end.within.as_ref().is_none_or(|within| within.contains(*at)));
        let undone = self.edges.above(above, Along::All).keep(|at| self.applied.contains(at));
        let order = self.edges.order(&undone, self.rows());
        let downs = order.into_iter().map(|at| Move::Down(self.revision(at)));
        let steps =
            if undone.is_empty() { Vec::new() } else { self.swaps.iter().cloned().chain(downs).collect() };
        Ok(self.moves(steps))
    }

    fn downgrade_end(&self, to: &Destination) -> Result<End> {
        refuse_current(to)?;
        let branch = self.branch(to)?;
        let branch = branch.as_ref();
        let spot = match &to.point {
            Point::At(Anchor::Base) => Spot::Base,
            Point::At(anchor) => self.spot(anchor, branch)?,
            Point::Relative(None, 1..) => {
                let problem = format!("a downgrade cannot end at `{to}`, which is above what is applied");
                return Err(refused(problem, "use an upgrade"));
            }
            Point::Relative(None, steps) => {
                let start = self.start(branch, to)?;
                let spot = self.walk(start, *steps, branch, to)?;
                let Spot::At(start) = start else { return Ok(End { spot, within: None }) };
                return Ok(End { spot, within: Some(self.edges.lineage(start, Along::Revises)) });
            }
            Point::Relative(Some(anchor), steps) => {
                self.walk(self.spot(anchor, branch)?, *steps, branch, to)?
            }
        };
        Ok(End { spot, within: branch.map(|branch| branch.lineage.clone()) })
    }
}
