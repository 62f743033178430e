//! No two files have the same identifier.

use std::collections::BTreeMap;

use super::refused;
use crate::{Result, Revision};

pub(in crate::graph) fn identifiers(revisions: &[Revision]) -> Result<()> {
    let mut files: BTreeMap<&str, &Revision> = BTreeMap::new();
    for revision in revisions {
        if let Some(first) = files.insert(revision.id(), revision) {
            let problem = format!("{} is the revision `{}` too", first.file(), revision.id());
            return Err(refused(revision, problem, "give one of them another identifier"));
        }
    }
    Ok(())
}
