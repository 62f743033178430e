//! The graph as one database sees it, by what is applied to it.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::edges::{Along, Edges};
use super::listing::listed;
use super::members::Members;
use super::moves::{Move, Moves};
use super::{Graph, squash::Squash};
use crate::error::Kind;
use crate::{MigrateError, Result, Revision};

/// The graph, seen from what is applied.
pub(super) struct View<'g> {
    pub(super) graph: &'g Graph,
    pub(super) edges: Cow<'g, Edges>,
    /// What is applied and stands here.
    pub(super) applied: Members,
    /// What is recorded before anything is done.
    ids: BTreeSet<String>,
    /// What must be recorded first: squashes of which all that they replace is applied.
    pub(super) swaps: Vec<Move<'g>>,
    /// What is recorded and does not stand here, because a squash was made to.
    pub(super) dropped: Vec<String>,
}

impl Graph {
    /// # Errors
    /// What is applied has no file, or is not closed.
    pub(super) fn view(&self, applied: &BTreeSet<&str>) -> Result<View<'_>> {
        self.view_with(applied, &[])
    }

    /// The view in which some squashes stand, although only a part of what they replace is applied.
    pub(super) fn view_with(&self, applied: &BTreeSet<&str>, squashed: &[usize]) -> Result<View<'_>> {
        let mut recorded = Members::none(self.revisions.len());
        let mut unknown: BTreeSet<&str> = BTreeSet::new();
        for id in applied {
            match self.names.id(id) {
                Some(at) => {
                    recorded.insert(at);
                }
                None => {
                    unknown.insert(id);
                }
            }
        }
        let (mut swaps, mut dropped) = (Vec::new(), Vec::new());
        for squash in self.squashes.iter() {
            self.check_not_both(squash, &recorded)?;
            if self.is_complete(squash, &recorded, &unknown) {
                squash.gone.iter().for_each(|id| {
                    unknown.remove(id.as_str());
                });
                swaps.push(self.swap(squash, &mut recorded));
            } else if squashed.contains(&squash.at) {
                for at in squash.replaced.iter().filter(|at| recorded.contains(**at)) {
                    dropped.push(self.revisions[*at].id().to_owned());
                }
                squash.replaced.iter().for_each(|at| recorded.remove(*at));
            }
        }
        if !unknown.is_empty() {
            let unknown: Vec<_> = unknown.into_iter().collect();
            return Err(MigrateError::new(
                Kind::Unknown,
                format!("the database has {} applied, for which there is no file", unknown.join(", ")),
                "use the newer files that have it, or check that this is the right database",
            ));
        }
        let edges = self.seen_from(&recorded, &BTreeSet::new());
        let ids = applied.iter().map(|id| (*id).to_owned()).collect();
        let view = View { graph: self, edges, applied: recorded, ids, swaps, dropped };
        if view.dropped.is_empty() {
            view.check_closed()?;
        }
        Ok(view)
    }

    /// The edges as a database sees them that has this recorded.
    pub(super) fn seen_from(&self, recorded: &Members, ids: &BTreeSet<&str>) -> Cow<'_, Edges> {
        let standing = self.squashes.standing_on(recorded, ids, self.revisions.len());
        if standing == self.edges.standing {
            return Cow::Borrowed(&self.edges);
        }
        Cow::Owned(Edges::new(&self.revisions, &self.names, &self.squashes, standing))
    }

    /// All that a squash replaces is recorded, and it is not.
    fn is_complete(&self, squash: &Squash, recorded: &Members, unknown: &BTreeSet<&str>) -> bool {
        !recorded.contains(squash.at)
            && squash.replaced.iter().all(|at| recorded.contains(*at))
            && squash.gone.iter().all(|id| unknown.contains(id.as_str()))
    }

    /// Records a squash in the place of what it replaces.
    fn swap<'g>(&'g self, squash: &Squash, recorded: &mut Members) -> Move<'g> {
        let replaced = squash.replaced.iter().filter(|at| recorded.contains(**at));
        let ids = replaced.map(|at| self.revisions[*at].id()).chain(squash.gone.iter().map(String::as_str));
        let remove = ids.map(str::to_owned).collect();
        squash.replaced.iter().for_each(|at| recorded.remove(*at));
        recorded.insert(squash.at);
        let revision = &self.revisions[squash.at];
        Move::Record { to: Some(revision), insert: vec![revision], remove }
    }

    fn check_not_both(&self, squash: &Squash, recorded: &Members) -> Result<()> {
        if !recorded.contains(squash.at) {
            return Ok(());
        }
        let inside = self.squashes.inside(squash);
        let Some(both) = inside.iter().find(|at| recorded.contains(**at)) else { return Ok(()) };
        let (squash, both) = (&self.revisions[squash.at], &self.revisions[*both]);
        Err(MigrateError::new(
            Kind::Journal,
            format!("`{}` is applied, and so is `{}`, which it replaces", squash.id(), both.id()),
            format!("take the row of `{}` out of underpin_revisions", both.id()),
        )
        .in_file(squash.file()))
    }
}

impl<'g> View<'g> {
    pub(super) fn revision(&self, at: usize) -> &'g Revision {
        &self.graph.revisions[at]
    }

    pub(super) fn listed(&self, numbers: &[usize]) -> String {
        listed(numbers.iter().map(|at| self.revision(*at)))
    }

    /// The rows of a version table: what is applied, without that on which something applied stands.
    pub(super) fn rows(&self) -> Vec<usize> {
        self.edges.tips(&self.applied, Along::All)
    }

    fn check_closed(&self) -> Result<()> {
        for at in self.applied.iter() {
            if let Some(missing) =
                self.edges.down(at, Along::All).find(|below| !self.applied.contains(*below))
            {
                let (revision, missing) = (self.revision(at), self.revision(missing));
                return Err(MigrateError::new(
                    Kind::Journal,
                    format!(
                        "`{}` is applied, and `{}`, on which it stands, is not",
                        revision.id(),
                        missing.id()
                    ),
                    "put the missing row back into underpin_revisions, if the schema really has what it did",
                )
                .in_file(revision.file()));
            }
        }
        Ok(())
    }

    /// Records the squashes of which all that they replace is applied by now.
    pub(super) fn newly_complete(&self, applied: &mut Members) -> Vec<Move<'g>> {
        let mut swaps = Vec::new();
        for squash in self.graph.squashes.iter().filter(|squash| squash.gone.is_empty()) {
            if self.graph.is_complete(squash, applied, &BTreeSet::new()) {
                swaps.push(self.graph.swap(squash, applied));
            }
        }
        swaps
    }

    pub(super) fn moves(&self, steps: Vec<Move<'g>>) -> Moves<'g> {
        Moves::new(self.graph, &self.ids, steps)
    }
}
