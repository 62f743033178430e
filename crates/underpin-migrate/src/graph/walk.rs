//! Walking a number of revisions up or down.

use super::destination::Destination;
use super::edges::Along;
use super::members::Members;
use super::resolve::{Branch, Spot, refused};
use super::view::View;
use crate::{MigrateError, Result};

/// Where a walk ends that was not asked to go further than it could.
pub(super) struct Walk {
    pub(super) end: Spot,
    /// How many revisions were passed.
    pub(super) taken: u32,
}

impl View<'_> {
    /// Walks exactly so many steps; up, only within the branch.
    ///
    /// # Errors
    /// A fork on the way, or an end before that many were taken.
    pub(super) fn walk(
        &self,
        from: Spot,
        steps: i32,
        branch: Option<&Branch>,
        asked: &Destination,
    ) -> Result<Spot> {
        let walk = self.walk_at_most(from, steps, branch, asked)?;
        if walk.taken == steps.unsigned_abs() {
            return Ok(walk.end);
        }
        let way = if steps > 0 { "up" } else { "down" };
        let (from, taken) = (self.told(from), walk.taken);
        let within = branch.map(|branch| format!(" in the branch `{}`", branch.name)).unwrap_or_default();
        Err(refused(
            format!("`{asked}` is too far: {taken} can be taken {way} from {from}{within}"),
            "take fewer steps, or go to head or base",
        ))
    }

    /// Walks so many steps, or as many as there are.
    pub(super) fn walk_at_most(
        &self,
        from: Spot,
        steps: i32,
        branch: Option<&Branch>,
        asked: &Destination,
    ) -> Result<Walk> {
        let mut walk = Walk { end: from, taken: 0 };
        while walk.taken < steps.unsigned_abs() {
            let next = if steps > 0 { self.next_up(walk.end, branch) } else { self.next_down(walk.end) };
            match next.as_slice() {
                [] if steps < 0 && walk.end != Spot::Base => walk.end = Spot::Base,
                [] => break,
                [one] => walk.end = Spot::At(*one),
                several => return Err(self.fork(walk.end, several, asked, steps)),
            }
            walk.taken += 1;
        }
        Ok(walk)
    }

    fn next_up(&self, from: Spot, branch: Option<&Branch>) -> Vec<usize> {
        let above = match from {
            Spot::Base => self.edges.bases(),
            Spot::At(at) => self.edges.children[at].clone(),
        };
        above.into_iter().filter(|at| branch.is_none_or(|branch| branch.lineage.contains(*at))).collect()
    }

    fn next_down(&self, from: Spot) -> Vec<usize> {
        match from {
            Spot::Base => Vec::new(),
            Spot::At(at) => self.edges.parents[at].clone(),
        }
    }

    fn fork(&self, at: Spot, ways: &[usize], asked: &Destination, steps: i32) -> MigrateError {
        let (what, hint) = if steps > 0 {
            ("a fork", "name a branch before it, as in label@+1, or the revision to go to")
        } else {
            ("a merge", "name the revision to go to")
        };
        refused(
            format!(
                "`{asked}` meets {what} at {}, from which it can go to {}",
                self.told(at),
                self.listed(ways)
            ),
            hint,
        )
    }

    fn told(&self, spot: Spot) -> String {
        match spot {
            Spot::Base => "base".to_owned(),
            Spot::At(at) => self.listed(&[at]),
        }
    }

    /// Where steps that are counted from what is applied begin: the only row, or the only one in the branch.
    ///
    /// A branch may have no row of its own because another one depends on it; then it is what is applied of it.
    ///
    /// # Errors
    /// Several rows from which they could be counted.
    pub(super) fn start(&self, branch: Option<&Branch>, asked: &Destination) -> Result<Spot> {
        self.one_of(self.rows(), branch, asked)
    }

    /// What is applied of a branch that has no row of its own. On the way down it is nothing on which another branch
    /// stands.
    fn tips_in(&self, branch: &Branch, applied: &Members, asked: &Destination) -> Result<Vec<usize>> {
        let members = applied.clone().keep(|at| branch.lineage.contains(at));
        let mut tips = self.edges.tips(&members, Along::All);
        let before = tips.len();
        if asked.steps() < 0 {
            tips.retain(|at| !self.edges.children[*at].iter().any(|child| applied.contains(*child)));
        }
        if before > 0 && tips.is_empty() {
            return Err(refused(
                format!("`{asked}` finds nothing of the branch `{}` applied that is its own", branch.name),
                "name the revision to go to",
            ));
        }
        Ok(tips)
    }

    /// The one of these rows, or the one in the branch.
    pub(super) fn one_of(
        &self,
        mut rows: Vec<usize>,
        branch: Option<&Branch>,
        asked: &Destination,
    ) -> Result<Spot> {
        if let Some(branch) = branch {
            let applied = self.edges.below(rows.iter().copied(), Along::All);
            rows.retain(|at| branch.lineage.contains(*at));
            if rows.is_empty() {
                rows = self.tips_in(branch, &applied, asked)?;
            }
        }
        match rows.as_slice() {
            [] => Ok(Spot::Base),
            [one] => Ok(Spot::At(*one)),
            _ => Err(refused(
                format!("`{asked}` is ambiguous: it can be counted from {}", self.listed(&rows)),
                format!(
                    "name a branch or a revision before the @, as in {}@{:+}",
                    self.revision(rows[0]).id(),
                    asked.steps()
                ),
            )),
        }
    }
}
