//! A label belongs to one revision, and is no identifier.

use std::collections::BTreeMap;

use super::refused;
use crate::graph::names::Names;
use crate::{Result, Revision};

pub(in crate::graph) fn labels(revisions: &[Revision], names: &Names) -> Result<()> {
    let mut owners: BTreeMap<&str, &Revision> = BTreeMap::new();
    for revision in revisions {
        for label in revision.branch_labels() {
            if let Some(other) = names.id(label).and_then(|at| revisions.get(at)) {
                let problem = format!("its label `{label}` is the identifier of {} too", of(revision, other));
                return Err(refused(revision, problem, "give the branch another label"));
            }
            let owner = owners.insert(label, revision);
            if let Some(other) = owner.filter(|other| !is_squash_of(revision, other, revisions, names)) {
                let problem = format!("the label `{label}` is that of {} too", other.file());
                return Err(refused(revision, problem, "give one of the branches another label"));
            }
        }
    }
    Ok(())
}

fn of<'r>(revision: &Revision, other: &'r Revision) -> &'r str {
    if revision.id() == other.id() { "this file" } else { other.file() }
}

/// A squash keeps the label of what it replaces.
fn is_squash_of(one: &Revision, other: &Revision, revisions: &[Revision], names: &Names) -> bool {
    let replaces = |outer: &Revision, inner: &Revision| {
        let mut ahead: Vec<&String> = outer.replaces().iter().collect();
        // Replacements that go in a circle are found by another check.
        for _ in 0..=revisions.len() {
            let Some(id) = ahead.pop() else { break };
            if id == inner.id() {
                return true;
            }
            ahead.extend(
                names.id(id).and_then(|at| revisions.get(at)).into_iter().flat_map(Revision::replaces),
            );
        }
        false
    };
    replaces(one, other) || replaces(other, one)
}
