//! Every revision that is revised has a file.

use super::refused;
use crate::graph::names::Names;
use crate::{Result, Revision};

pub(in crate::graph) fn parents(revisions: &[Revision], names: &Names) -> Result<()> {
    for revision in revisions {
        for parent in revision.revises() {
            if parent == revision.id() {
                let problem = format!("`{parent}` revises itself");
                return Err(refused(revision, problem, "name the revision on which it stands, or none"));
            }
            if names.parent(parent).is_some() {
                continue;
            }
            let labelled = names.label(parent).first().and_then(|at| revisions.get(*at));
            return Err(match labelled {
                Some(owner) => refused(
                    revision,
                    format!("it revises `{parent}`, which is a label of {}", owner.file()),
                    format!("write the identifier: `{}`", owner.id()),
                ),
                None => refused(
                    revision,
                    format!("it revises `{parent}`, which no file is"),
                    "add the missing file, or name the parent that it really has",
                ),
            });
        }
    }
    Ok(())
}
