//! Finding what a destination names, to show it.

use std::collections::BTreeSet;

use crate::graph::destination::{Anchor, Point};
use crate::graph::resolve::Spot;
use crate::graph::view::View;
use crate::graph::{Destination, Graph};
use crate::{Result, Revision};

impl Graph {
    /// The revisions that a destination names; none for `base`.
    ///
    /// Steps without a place before them are counted from what is applied.
    ///
    /// # Errors
    /// A name that no revision has, or that several do; a place that is more steps away than there are revisions;
    /// applied revisions that do not fit the graph.
    pub fn find(&self, target: &Destination, applied: &BTreeSet<&str>) -> Result<Vec<&Revision>> {
        if let Some(revision) = target.plain_name().and_then(|id| self.revision(id)) {
            return Ok(vec![revision]);
        }
        let view = self.view(applied)?;
        Ok(view.found(target)?.into_iter().map(|at| view.revision(at)).collect())
    }
}

impl View<'_> {
    pub(super) fn found(&self, target: &Destination) -> Result<Vec<usize>> {
        let branch = self.branch(target)?;
        let branch = branch.as_ref();
        let (start, steps) = match &target.point {
            Point::At(anchor) => return self.anchored(anchor, branch),
            Point::Relative(None | Some(Anchor::Current), steps) => (self.start(branch, target)?, steps),
            Point::Relative(Some(anchor), steps) => (self.spot(anchor, branch)?, steps),
        };
        Ok(match self.walk(start, *steps, branch, target)? {
            Spot::Base => Vec::new(),
            Spot::At(at) => vec![at],
        })
    }
}
