//! Which branches each revision belongs to by name.

use std::collections::BTreeSet;

use super::edges::{Along, Edges};
use crate::Revision;

/// Spreads every label to all that stands on its revision, and back down to the last branch point or merge.
pub(super) fn spread(revisions: &[Revision], edges: &Edges) -> Vec<BTreeSet<String>> {
    let mut labels = vec![BTreeSet::new(); revisions.len()];
    for (at, revision) in revisions.iter().enumerate() {
        if revision.branch_labels().is_empty() {
            continue;
        }
        let own = revision.branch_labels();
        for above in edges.above([at], Along::Revises).iter() {
            labels[above].extend(own.iter().cloned());
        }
        let mut below = at;
        while let [parent] = edges.parents[below].as_slice() {
            let is_point =
                |at: usize| edges.up(at, Along::All).nth(1).is_some() || edges.parents[at].len() > 1;
            if is_point(below) || is_point(*parent) {
                break;
            }
            below = *parent;
            labels[below].extend(own.iter().cloned());
        }
    }
    labels
}
