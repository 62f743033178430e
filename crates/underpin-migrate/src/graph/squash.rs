//! Squashes: revisions that stand for several others, while databases may be at either.

use std::collections::{BTreeMap, BTreeSet};

use super::members::Members;
use super::names::Names;
use crate::Revision;

/// A revision that replaces others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Squash {
    pub(super) at: usize,
    /// What it names and has a file.
    pub(super) replaced: Vec<usize>,
    /// Those of the replaced on which no other of them stands.
    tips: Vec<usize>,
    /// What it names, if the files are there no more.
    pub(super) gone: Vec<String>,
}

/// All squashes; one that another replaces comes before that other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Squashes {
    list: Vec<Squash>,
    /// From what is replaced to the squash in the list.
    outer: BTreeMap<usize, usize>,
}

impl Squashes {
    /// Of declarations that were checked.
    pub(super) fn new(revisions: &[Revision], names: &Names) -> Self {
        let squashes = revisions.iter().enumerate().filter(|(_, revision)| !revision.replaces().is_empty());
        let mut list: Vec<_> =
            squashes.map(|(at, revision)| Squash::new(at, revision, revisions, names)).collect();
        let mut depths: BTreeMap<usize, usize> = BTreeMap::new();
        for squash in &list {
            for (depth, at) in Self::chain(&list, squash.at).into_iter().enumerate() {
                let deepest = depths.entry(at).or_default();
                *deepest = depth.max(*deepest);
            }
        }
        list.sort_by_key(|squash| depths.get(&squash.at).copied());
        let outer = list
            .iter()
            .enumerate()
            .flat_map(|(index, squash)| squash.replaced.iter().map(move |replaced| (*replaced, index)))
            .collect();
        Self { list, outer }
    }

    /// A squash, the one that replaces it, the one that replaces that, and so on.
    fn chain(list: &[Squash], from: usize) -> Vec<usize> {
        let next =
            |at: &usize| list.iter().find(|squash| squash.replaced.contains(at)).map(|squash| squash.at);
        std::iter::successors(Some(from), next).take(list.len()).collect()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(super) fn iter(&self) -> std::slice::Iter<'_, Squash> {
        self.list.iter()
    }

    /// The squash that a revision is.
    pub(super) fn at(&self, at: usize) -> Option<&Squash> {
        self.list.iter().find(|squash| squash.at == at)
    }

    /// The squash that replaces a revision.
    pub(super) fn outer(&self, at: usize) -> Option<&Squash> {
        self.outer.get(&at).and_then(|index| self.list.get(*index))
    }

    /// All that a squash replaces, what is replaced by what it replaces included.
    pub(super) fn inside(&self, squash: &Squash) -> Vec<usize> {
        let mut inside = squash.replaced.clone();
        let mut next = 0;
        while let Some(at) = inside.get(next) {
            let nested = self.at(*at).map(|squash| squash.replaced.clone());
            inside.extend(nested.unwrap_or_default());
            next += 1;
        }
        inside
    }

    /// The revisions that stand if these squashes do.
    pub(super) fn standing(&self, of: usize, is_active: impl Fn(&Squash) -> bool) -> Members {
        let mut standing = Members::all(of);
        for squash in self.list.iter().rev() {
            if standing.contains(squash.at) && is_active(squash) {
                self.inside(squash).into_iter().for_each(|at| standing.remove(at));
            } else {
                standing.remove(squash.at);
            }
        }
        standing
    }

    /// The squashes that stand while these revisions are recorded: those that are recorded, and those of which
    /// nothing that they replace is.
    pub(super) fn standing_on(&self, recorded: &Members, ids: &BTreeSet<&str>, of: usize) -> Members {
        let mut begun: BTreeSet<usize> = BTreeSet::new();
        for squash in &self.list {
            let is_begun = |at: &usize| recorded.contains(*at) || begun.contains(at);
            if squash.replaced.iter().any(is_begun) || squash.gone.iter().any(|id| ids.contains(id.as_str()))
            {
                begun.insert(squash.at);
            }
        }
        self.standing(of, |squash| recorded.contains(squash.at) || !begun.contains(&squash.at))
    }

    /// What stands in a view in the place of a revision; added unless it is there already.
    pub(super) fn stand_ins(&self, of: usize, standing: &Members, found: &mut Vec<usize>) {
        let mut ahead = vec![of];
        while let Some(at) = ahead.pop() {
            if standing.contains(at) {
                if !found.contains(&at) {
                    found.push(at);
                }
            } else if let Some(outer) = self.standing_outer(at, standing) {
                ahead.push(outer);
            } else if let Some(squash) = self.at(at) {
                ahead.extend(squash.tips.iter().rev());
            }
        }
    }

    /// The squash that stands in the place of a revision.
    pub(super) fn standing_outer(&self, at: usize, standing: &Members) -> Option<usize> {
        let mut outers = std::iter::successors(self.outer(at), |outer| self.outer(outer.at));
        outers.find(|outer| standing.contains(outer.at)).map(|outer| outer.at)
    }
}

impl Squash {
    fn new(at: usize, revision: &Revision, revisions: &[Revision], names: &Names) -> Self {
        let replaced: Vec<_> = revision.replaces().iter().filter_map(|id| names.id(id)).collect();
        let below: BTreeSet<usize> = replaced
            .iter()
            .filter_map(|at| revisions.get(*at))
            .flat_map(|revision| revision.revises().iter().chain(revision.depends_on()))
            .flat_map(|name| names.dependency(name))
            .collect();
        let gone = revision.replaces().iter().filter(|id| names.id(id).is_none()).cloned().collect();
        let tips = replaced.iter().copied().filter(|at| !below.contains(at)).collect();
        Self { at, replaced, tips, gone }
    }
}
