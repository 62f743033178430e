//! What squashes say that they replace is said once, and its files are there or are not.

use std::collections::BTreeMap;

use super::refused;
use crate::graph::names::Names;
use crate::{Result, Revision};

pub(in crate::graph) fn replacements(revisions: &[Revision], names: &Names) -> Result<()> {
    let mut outer: BTreeMap<&str, &Revision> = BTreeMap::new();
    for revision in revisions {
        for id in revision.replaces() {
            if let Some(other) = outer.insert(id, revision) {
                let problem = format!("{} replaces `{id}` too", other.file());
                return Err(refused(revision, problem, "let one revision replace it, or that other one"));
            }
        }
        let (there, gone): (Vec<&String>, Vec<_>) =
            revision.replaces().iter().partition(|id| names.id(id).is_some());
        if let ([there, ..], [gone, ..]) = (there.as_slice(), gone.as_slice()) {
            return Err(refused(
                revision,
                format!("of what it replaces, `{there}` has a file and `{gone}` has none"),
                "keep all files that it replaces until every database has passed, then take away all of them",
            ));
        }
    }
    for revision in revisions {
        let mut at = revision;
        for _ in 0..outer.len() {
            let Some(next) = outer.get(at.id()) else { break };
            if next.id() == revision.id() {
                let problem = format!("`{}` replaces itself", revision.id());
                return Err(refused(revision, problem, "take it out of replaces"));
            }
            at = next;
        }
    }
    Ok(())
}
