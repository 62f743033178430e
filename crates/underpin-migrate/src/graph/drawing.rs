//! The graph as it is drawn in a terminal.

use std::collections::BTreeMap;
use std::fmt;

use super::Graph;
use crate::Revision;

/// Revisions with lines between them, the newest on top.
///
/// ```
/// # use std::collections::BTreeSet;
/// # use underpin_migrate::{Graph, Range, Revisions};
/// # let text = |id: &str, revises: &str| format!("-- Make {id}\n-- \n-- revision: {id}\n-- revises: {revises}\n\n-- +upgrade\n");
/// # let (a, b, c) = (text("a", "none"), text("b", "a"), text("c", "a"));
/// # let revisions = Revisions::embedded(&[("a.sql", &a), ("b.sql", &b), ("c.sql", &c)])?;
/// let graph = Graph::new(revisions)?;
/// let order = graph.history(&Range::all(), &BTreeSet::new())?;
/// assert_eq!(graph.drawing(&order).to_string(), "* b Make b\n| * c Make c\n|/\n* a Make a\n");
/// # Ok::<(), underpin_migrate::MigrateError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing<'g> {
    rows: Vec<DrawingRow<'g>>,
}

/// One line of a drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawingRow<'g> {
    lanes: String,
    revision: Option<&'g Revision>,
}

impl<'g> Drawing<'g> {
    /// The lines, from the top.
    #[must_use]
    pub fn rows(&self) -> &[DrawingRow<'g>] {
        &self.rows
    }
}

impl<'g> DrawingRow<'g> {
    /// The lanes at the left: `*` for the revision, `|`, `/` and `\` for lines; nothing stands behind the last.
    #[must_use]
    pub fn lanes(&self) -> &str {
        &self.lanes
    }

    /// The revision that stands in this line; none if there are only lanes.
    #[must_use]
    pub fn revision(&self) -> Option<&'g Revision> {
        self.revision
    }
}

impl Graph {
    /// Draws revisions that are given the newest first, as [`Graph::history`] gives them.
    ///
    /// Lines lead from each to those that it revises, if these are among them; dependencies have none.
    #[must_use]
    pub fn drawing<'g>(&'g self, order: &[&'g Revision]) -> Drawing<'g> {
        let numbers: BTreeMap<&str, usize> =
            order.iter().enumerate().map(|(number, revision)| (revision.id(), number)).collect();
        let mut lanes = Lanes { waiting: Vec::new(), drawn: Vec::new() };
        let mut rows = Vec::new();
        for (number, revision) in order.iter().enumerate() {
            let mut parents: Vec<usize> = Vec::new();
            for parent in revision.revises() {
                let squash = || self.outer_of(parent).find_map(|outer| numbers.get(outer.id()));
                let Some(parent) = numbers.get(parent.as_str()).or_else(squash) else { continue };
                // What does not come behind it would wait for ever.
                if *parent > number && !parents.contains(parent) {
                    parents.push(*parent);
                }
            }
            let line = lanes.take(number);
            rows.push(DrawingRow { lanes: line, revision: Some(revision) });
            lanes.pass(number, &parents);
            rows.extend(lanes.drawn.drain(..).map(|lanes| DrawingRow { lanes, revision: None }));
        }
        Drawing { rows }
    }

    /// The squash that replaces a revision, the one that replaces that, and so on.
    fn outer_of(&self, id: &str) -> impl Iterator<Item = &Revision> {
        std::iter::successors(self.replaced_by(id), |outer| self.replaced_by(outer.id()))
    }
}

/// The lanes at one place of a drawing, each waiting for the revision to which it leads.
struct Lanes {
    waiting: Vec<usize>,
    drawn: Vec<String>,
}

impl Lanes {
    /// Draws the line of a revision.
    fn take(&mut self, revision: usize) -> String {
        let lane = self.waiting.iter().position(|waiting| *waiting == revision);
        let lane = lane.unwrap_or_else(|| {
            self.waiting.push(revision);
            self.waiting.len() - 1
        });
        self.line(|at| if at == lane { '*' } else { '|' }, |_| ' ')
    }

    /// Leads on from a revision that was drawn to its parents, and joins lanes that lead to the same.
    fn pass(&mut self, revision: usize, parents: &[usize]) {
        let Some(lane) = self.waiting.iter().position(|waiting| *waiting == revision) else { return };
        match parents.split_first() {
            None => self.end(lane),
            Some((first, rest)) => {
                self.waiting[lane] = *first;
                for parent in rest.iter().rev() {
                    self.fork(lane, *parent);
                }
            }
        }
        for parent in parents {
            while let Some((to, from)) = self.twins(*parent) {
                self.join(to, from);
            }
        }
    }

    /// Opens a lane at the right of another one.
    fn fork(&mut self, lane: usize, to: usize) {
        let bend = |gap: usize| if gap >= lane { '\\' } else { ' ' };
        self.drawn.push(self.line(|at| if at <= lane { '|' } else { ' ' }, bend));
        self.waiting.insert(lane + 1, to);
    }

    /// Closes a lane that leads nowhere.
    fn end(&mut self, lane: usize) {
        if lane + 1 < self.waiting.len() {
            self.move_left(lane, lane);
        }
        self.waiting.remove(lane);
    }

    /// The first two lanes that lead to a revision.
    fn twins(&self, revision: usize) -> Option<(usize, usize)> {
        let mut lanes = self.waiting.iter().enumerate().filter(|(_, waiting)| **waiting == revision);
        let ((to, _), (from, _)) = (lanes.next()?, lanes.next()?);
        Some((to, from))
    }

    /// Leads a lane into one at its left, across those between.
    fn join(&mut self, to: usize, from: usize) {
        self.move_left(from, from - 1);
        self.waiting.remove(from);
        for gap in (to..from - 1).rev() {
            self.drawn.push(self.line(|_| '|', |at| if at == gap { '/' } else { ' ' }));
        }
    }

    /// Draws how the lanes behind a gap move to the left; those before `still` stay.
    fn move_left(&mut self, still: usize, gap: usize) {
        let last = self.waiting.len() - 1;
        let lane = |at: usize| if at < still { '|' } else { ' ' };
        self.drawn.push(self.line(lane, |at| if (gap..last).contains(&at) { '/' } else { ' ' }));
    }

    /// A line with a sign for each lane and for each gap behind one.
    fn line(&self, lane: impl Fn(usize) -> char, gap: impl Fn(usize) -> char) -> String {
        let line: String = (0..self.waiting.len()).flat_map(|at| [lane(at), gap(at)]).collect();
        line.trim_end().to_owned()
    }
}

impl fmt::Display for Drawing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.rows.iter().try_for_each(|row| writeln!(f, "{row}"))
    }
}

impl fmt::Display for DrawingRow<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.lanes)?;
        match self.revision {
            Some(revision) => write!(f, " {} {}", revision.id(), revision.message()),
            None => Ok(()),
        }
    }
}
