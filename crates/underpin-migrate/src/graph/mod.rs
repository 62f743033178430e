//! How revisions stand on each other, and the way from what is applied to where one wants to be.

mod check;
mod command;
mod destination;
mod drawing;
mod edges;
mod labels;
mod listing;
mod members;
mod moves;
mod names;
mod order;
mod range;
mod reach;
mod resolve;
mod squash;
mod view;
mod walk;

use std::collections::BTreeSet;

pub use self::destination::Destination;
pub use self::drawing::{Drawing, DrawingRow};
use self::edges::{Along, Edges};
use self::members::Members;
pub use self::moves::{Move, Moves};
use self::names::Names;
pub use self::range::Range;
use self::squash::Squashes;
use crate::{Result, Revision, Revisions};

/// The revisions of a source, and how they stand on each other.
///
/// A revision stands on those that it revises and on those on which it depends. What is applied to a database is
/// always closed: with a revision, all on which it stands is applied.
///
/// A squash and what it replaces may both be there. Then the graph is seen as a database would see it to which
/// nothing is applied: the squash stands, and what it replaces does not. What depends on what is applied is told so.
///
/// ```
/// # use std::collections::BTreeSet;
/// # use underpin_migrate::{Destination, Graph, Revisions};
/// # let users = "-- Create users\n-- \n-- revision: 001\n-- revises: none\n\n-- +upgrade\n";
/// # let phone = "-- Add users.phone\n-- \n-- revision: 002\n-- revises: 001\n\n-- +upgrade\n";
/// let graph = Graph::new(Revisions::embedded(&[("001_users.sql", users), ("002_phone.sql", phone)])?)?;
/// let moves = graph.upgrade(&BTreeSet::from(["001"]), &Destination::head())?;
/// assert_eq!(moves.to_string(), "up 002: Add users.phone");
/// assert_eq!((moves.heads_before(), moves.heads_after()), (&["001"][..], &["002"][..]));
/// # Ok::<(), underpin_migrate::MigrateError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graph {
    /// In the order of their files; their places are their numbers.
    revisions: Vec<Revision>,
    names: Names,
    squashes: Squashes,
    edges: Edges,
    /// What stands, the oldest first.
    order: Vec<usize>,
    labels: Vec<BTreeSet<String>>,
    no_labels: BTreeSet<String>,
}

impl Graph {
    /// Orders the revisions.
    ///
    /// # Errors
    /// An identifier or a label that two files claim, or that is both; a parent or a dependency that no file is; a
    /// cycle; a squash that does not fit what it replaces. Each names the files.
    pub fn new(revisions: Revisions) -> Result<Self> {
        let revisions = revisions.into_vec();
        check::identifiers(&revisions)?;
        let names = Names::new(&revisions);
        check::replacements(&revisions, &names)?;
        check::labels(&revisions, &names)?;
        check::parents(&revisions, &names)?;
        check::dependencies(&revisions, &names)?;
        let squashes = Squashes::new(&revisions, &names);
        let total = revisions.len();
        let apart = squashes.standing(total, |squash| !squash.gone.is_empty());
        let mut edges = Edges::new(&revisions, &names, &squashes, apart);
        check::cycles(&revisions, &edges)?;
        if !squashes.is_empty() {
            let squashed = squashes.standing(total, |_| true);
            let squashed = Edges::new(&revisions, &names, &squashes, squashed);
            check::squashes(&revisions, &names, &squashes, &edges, &squashed)?;
            edges = squashed;
        }
        let mut order = edges.order(&edges.standing, edges.heads(Along::All));
        order.reverse();
        let labels = labels::spread(&revisions, &edges);
        Ok(Self { revisions, names, squashes, edges, order, labels, no_labels: BTreeSet::new() })
    }

    /// Every revision that stands; what it stands on comes before it, and one branch is walked as far as possible
    /// before the next.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Revision> + ExactSizeIterator {
        self.order.iter().map(|at| &self.revisions[*at])
    }

    /// The revision of an identifier, whether it stands or is replaced.
    #[must_use]
    pub fn revision(&self, id: &str) -> Option<&Revision> {
        self.names.id(id).map(|at| &self.revisions[at])
    }

    /// The squash that replaces the revision of an identifier, whose file may be there no more.
    #[must_use]
    pub fn replaced_by(&self, id: &str) -> Option<&Revision> {
        let outer = self.names.id(id).and_then(|at| self.squashes.outer(at)).map(|squash| squash.at);
        outer.or_else(|| self.names.gone(id)).map(|at| &self.revisions[at])
    }

    /// The revisions that stand on none, in the order of their files.
    pub fn bases(&self) -> impl Iterator<Item = &Revision> {
        self.edges.bases().into_iter().map(|at| &self.revisions[at])
    }

    /// The revisions that none revises, in the order of their files.
    pub fn heads(&self) -> impl Iterator<Item = &Revision> {
        self.edges.heads(Along::Revises).into_iter().map(|at| &self.revisions[at])
    }

    /// The revisions that none revises and on which none depends, in the order of their files.
    pub fn real_heads(&self) -> impl Iterator<Item = &Revision> {
        self.edges.heads(Along::All).into_iter().map(|at| &self.revisions[at])
    }

    /// The revisions that several revise, in the order of their files.
    pub fn branch_points(&self) -> impl Iterator<Item = &Revision> {
        let points = self.edges.standing.iter().filter(|at| self.edges.children[*at].len() > 1);
        points.map(|at| &self.revisions[at])
    }

    /// The revisions that revise this one, in the order of their files; none if there is no such revision.
    pub fn children(&self, id: &str) -> impl Iterator<Item = &Revision> {
        let children = self.names.id(id).map_or(&[][..], |at| &self.edges.children[at]);
        children.iter().map(|at| &self.revisions[*at])
    }

    /// It stands, and none revises it.
    #[must_use]
    pub fn is_head(&self, id: &str) -> bool {
        self.stands(id, |at| self.edges.children[at].is_empty())
    }

    /// Several revise it.
    #[must_use]
    pub fn is_branch_point(&self, id: &str) -> bool {
        self.stands(id, |at| self.edges.children[at].len() > 1)
    }

    /// It revises several.
    #[must_use]
    pub fn is_merge_point(&self, id: &str) -> bool {
        self.stands(id, |at| self.edges.parents[at].len() > 1)
    }

    /// The labels of the branches to which a revision belongs: those that it or a revision below it has, and those
    /// above it up to which there is no branch point and no merge.
    #[must_use]
    pub fn labels(&self, id: &str) -> &BTreeSet<String> {
        self.names.id(id).and_then(|at| self.labels.get(at)).unwrap_or(&self.no_labels)
    }

    fn stands(&self, id: &str, is: impl Fn(usize) -> bool) -> bool {
        self.names.id(id).is_some_and(|at| self.edges.standing.contains(at) && is(at))
    }

    /// Refuses a set of applied revisions that cannot be.
    ///
    /// # Errors
    /// Revisions that no file is; one of which something below is not applied; a squash together with what it
    /// replaces.
    pub fn check_applied(&self, applied: &BTreeSet<&str>) -> Result<()> {
        self.view(applied).map(|_| ())
    }

    /// The applied revisions on which no applied one stands, in the order of their files. Identifiers that no file
    /// has are passed over.
    #[must_use]
    pub fn heads_of(&self, applied: &BTreeSet<&str>) -> Vec<&Revision> {
        let ids = applied.iter().filter_map(|id| self.names.id(id));
        let recorded = Members::of(self.revisions.len(), ids);
        let edges = self.seen_from(&recorded, applied);
        edges.tips(&recorded, Along::All).into_iter().map(|at| &self.revisions[at]).collect()
    }
}
