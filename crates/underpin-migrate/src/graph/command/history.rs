//! The revisions of a range, to show them.

use std::collections::BTreeSet;

use crate::graph::destination::{Anchor, Point};
use crate::graph::edges::Along;
use crate::graph::members::Members;
use crate::graph::resolve::{Spot, refused};
use crate::graph::view::View;
use crate::graph::{Destination, Graph, Range};
use crate::{Result, Revision};

impl Graph {
    /// The revisions of a range with both its ends, the newest first.
    ///
    /// Without a beginning it begins at the bases, without an end it ends at the heads. Steps are counted from the
    /// other end, and end where the graph does. What the end depends on is shown if the range begins at base; else
    /// only what stands on its beginning is.
    ///
    /// # Errors
    /// A range of which an end is unknown or ambiguous, or of which the beginning does not stand below the end;
    /// applied revisions that do not fit the graph.
    pub fn history(&self, range: &Range, applied: &BTreeSet<&str>) -> Result<Vec<&Revision>> {
        let view = self.view(applied)?;
        if !range.has_colon() {
            return Err(refused(format!("`{range}` is no range"), "write from:to, from: or :to"));
        }
        let heads = Destination::heads();
        let (from, to) = (range.from(), range.to().unwrap_or(&heads));
        let (set, ends) = match from {
            Some(from) if from.is_counted() => view.counted_down(from, to)?,
            _ => view.piece_of(range, from, to)?,
        };
        Ok(view.edges.order(&set, ends).into_iter().map(|at| view.revision(at)).collect())
    }
}

impl View<'_> {
    /// So many below each end.
    fn counted_down(&self, from: &Destination, to: &Destination) -> Result<(Members, Vec<usize>)> {
        let Point::Relative(_, steps @ ..=0) = from.point else {
            return Err(refused(
                format!("a history cannot begin at `{from}`, which is above its end"),
                "begin it at a revision, or a number of steps below its end, as in -2:head",
            ));
        };
        let branch = self.branch(from)?;
        let ends = self.ends(to, None)?;
        let mut set = Members::none(self.edges.len());
        for end in &ends {
            let walk = self.walk_at_most(Spot::At(*end), steps, branch.as_ref(), from)?;
            let piece = match walk.end {
                Spot::Base => self.piece(&[], &[*end]),
                Spot::At(start) => self.piece(&[start], &[*end]),
            };
            piece.iter().for_each(|at| {
                set.insert(at);
            });
        }
        Ok((set, ends))
    }

    fn piece_of(
        &self,
        range: &Range,
        from: Option<&Destination>,
        to: &Destination,
    ) -> Result<(Members, Vec<usize>)> {
        let (mut starts, mut branch) = (Vec::new(), None);
        if let Some(from) = from {
            branch = self.branch(from)?;
            starts = self.clipped(from, None)?;
        }
        let mut ends = self.ends(to, Some(&starts))?;
        if let Some(branch) = branch.filter(|_| to.branch.is_none()) {
            ends.retain(|end| branch.lineage.contains(*end));
        }
        let below = self.edges.below(ends.iter().copied(), Along::All);
        if let Some(outside) = starts.iter().find(|start| !below.contains(**start)) {
            return Err(refused(
                format!(
                    "the range `{range}` does not go up: {} does not stand below {}",
                    self.listed(&[*outside]),
                    if ends.is_empty() { "base".to_owned() } else { self.listed(&ends) }
                ),
                "write the older end first",
            ));
        }
        Ok((self.piece(&starts, &ends), ends))
    }

    fn piece(&self, starts: &[usize], ends: &[usize]) -> Members {
        let to = self.edges.below(ends.iter().copied(), Along::All);
        if starts.is_empty() {
            return to;
        }
        let before = self.edges.below(starts.iter().copied(), Along::All);
        let above = self.edges.above(starts.iter().copied(), Along::Revises);
        to.keep(|at| starts.contains(&at) || (above.contains(at) && !before.contains(at)))
    }

    /// The upper ends; steps are counted up from the lower ones.
    fn ends(&self, to: &Destination, starts: Option<&[usize]>) -> Result<Vec<usize>> {
        match (&to.point, starts) {
            (Point::Relative(None, _), None) => Err(refused(
                format!("both ends of the range are counted, `{to}` too"),
                "count one of them from a revision, as in current+2",
            )),
            (Point::Relative(None, ..=0), Some(_)) => Err(refused(
                format!("a history cannot end at `{to}`, which is below its beginning"),
                "end it at a revision, or a number of steps above its beginning, as in base:+2",
            )),
            (_, starts) => self.clipped(to, starts),
        }
    }

    /// What a destination names; steps end where the graph does.
    fn clipped(&self, target: &Destination, starts: Option<&[usize]>) -> Result<Vec<usize>> {
        let branch = self.branch(target)?;
        let branch = branch.as_ref();
        let (start, steps) = match (&target.point, starts) {
            (Point::At(anchor), _) => return self.anchored(anchor, branch),
            (Point::Relative(Some(Anchor::Current), steps), _) => (self.start(branch, target)?, steps),
            (Point::Relative(Some(anchor), steps), _) => (self.spot(anchor, branch)?, steps),
            (Point::Relative(None, steps), starts) => {
                (self.one_of(starts.unwrap_or_default().to_vec(), branch, target)?, steps)
            }
        };
        Ok(match self.walk_at_most(start, *steps, branch, target)?.end {
            Spot::Base => Vec::new(),
            Spot::At(at) => vec![at],
        })
    }
}
