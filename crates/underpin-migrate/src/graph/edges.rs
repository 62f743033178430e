//! Which revision stands on which, by number.

use super::members::Members;
use super::names::Names;
use super::squash::Squashes;
use crate::Revision;

/// The edges between the revisions that stand in one view of a graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edges {
    pub(super) standing: Members,
    /// What each revises.
    pub(super) parents: Vec<Vec<usize>>,
    /// What each depends on without revising it.
    pub(super) dependencies: Vec<Vec<usize>>,
    pub(super) children: Vec<Vec<usize>>,
    pub(super) dependents: Vec<Vec<usize>>,
}

/// Which edges count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Along {
    /// Only from what revises to what is revised.
    Revises,
    /// Those to what is depended upon as well.
    All,
}

impl Edges {
    pub(super) fn new(revisions: &[Revision], names: &Names, squashes: &Squashes, standing: Members) -> Self {
        let empty = || vec![Vec::new(); revisions.len()];
        let mut edges = Self {
            standing,
            parents: empty(),
            dependencies: empty(),
            children: empty(),
            dependents: empty(),
        };
        for (at, revision) in revisions.iter().enumerate().filter(|(at, _)| edges.standing.contains(*at)) {
            let mut parents = Vec::new();
            for parent in revision.revises().iter().filter_map(|name| names.parent(name)) {
                squashes.stand_ins(parent, &edges.standing, &mut parents);
            }
            let mut dependencies = Vec::new();
            for name in revision.depends_on() {
                let candidates = names.dependency(name);
                let standing = candidates.iter().find(|candidate| edges.standing.contains(**candidate));
                if let Some(dependency) = standing.or(candidates.first()) {
                    squashes.stand_ins(*dependency, &edges.standing, &mut dependencies);
                }
            }
            dependencies.retain(|dependency| !parents.contains(dependency));
            parents.iter().for_each(|parent| edges.children[*parent].push(at));
            dependencies.iter().for_each(|dependency| edges.dependents[*dependency].push(at));
            edges.parents[at] = parents;
            edges.dependencies[at] = dependencies;
        }
        edges
    }

    /// How many revisions the graph has, in this view or not.
    pub(super) fn len(&self) -> usize {
        self.parents.len()
    }

    /// What is directly below.
    pub(super) fn down(&self, at: usize, along: Along) -> impl Iterator<Item = usize> {
        let dependencies = self.dependencies[at].iter().filter(move |_| along == Along::All);
        self.parents[at].iter().chain(dependencies).copied()
    }

    /// What is directly above.
    pub(super) fn up(&self, at: usize, along: Along) -> impl Iterator<Item = usize> {
        let dependents = self.dependents[at].iter().filter(move |_| along == Along::All);
        self.children[at].iter().chain(dependents).copied()
    }

    /// Those that stand on none.
    pub(super) fn bases(&self) -> Vec<usize> {
        self.standing.iter().filter(|at| self.parents[*at].is_empty()).collect()
    }

    /// Those on which none stands.
    pub(super) fn heads(&self, along: Along) -> Vec<usize> {
        self.standing.iter().filter(|at| self.up(*at, along).next().is_none()).collect()
    }
}
