//! The names by which revisions can be called.

use std::collections::BTreeMap;

use crate::Revision;

/// A name must be longer than this to be found by its beginning.
const SHORT: usize = 3;

/// Identifiers and labels, with the numbers of their revisions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Names {
    ids: BTreeMap<String, usize>,
    /// Several only if one of them replaces the others.
    labels: BTreeMap<String, Vec<usize>>,
    /// Identifiers whose files are there no more, with the squash that replaces them.
    gone: BTreeMap<String, usize>,
}

impl Names {
    pub(super) fn new(revisions: &[Revision]) -> Self {
        let ids: BTreeMap<_, _> =
            revisions.iter().enumerate().map(|(at, revision)| (revision.id().to_owned(), at)).collect();
        let mut labels: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut gone = BTreeMap::new();
        for (at, revision) in revisions.iter().enumerate() {
            for label in revision.branch_labels() {
                labels.entry(label.clone()).or_default().push(at);
            }
            let missing = revision.replaces().iter().filter(|id| !ids.contains_key(id.as_str()));
            gone.extend(missing.map(|id| (id.clone(), at)));
        }
        Self { ids, labels, gone }
    }

    /// The revision with exactly this identifier.
    pub(super) fn id(&self, name: &str) -> Option<usize> {
        self.ids.get(name).copied()
    }

    /// The squash of an identifier whose file is there no more.
    pub(super) fn gone(&self, id: &str) -> Option<usize> {
        self.gone.get(id).copied()
    }

    /// The revisions with exactly this label: one, or one and those that it replaces.
    pub(super) fn label(&self, name: &str) -> &[usize] {
        self.labels.get(name).map_or(&[], Vec::as_slice)
    }

    /// What a header may revise.
    pub(super) fn parent(&self, name: &str) -> Option<usize> {
        self.id(name).or_else(|| self.gone(name))
    }

    /// What a header may depend on.
    pub(super) fn dependency(&self, name: &str) -> Vec<usize> {
        self.parent(name).map_or_else(|| self.label(name).to_vec(), |at| vec![at])
    }

    /// The revisions of which an identifier or a label begins like this.
    pub(super) fn starting_with(&self, beginning: &str) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        found.extend(following(&self.ids, beginning).copied());
        found.extend(following(&self.labels, beginning).flatten());
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn following<'m, T>(names: &'m BTreeMap<String, T>, beginning: &'m str) -> impl Iterator<Item = &'m T> {
    names
        .range(beginning.to_owned()..)
        .take_while(move |(name, _)| name.starts_with(beginning))
        .filter(|(name, _)| name.chars().count() > SHORT)
        .map(|(_, value)| value)
}
