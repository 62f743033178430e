//! Every revision that is depended upon has a file.

use super::refused;
use crate::graph::names::Names;
use crate::{Result, Revision};

pub(in crate::graph) fn dependencies(revisions: &[Revision], names: &Names) -> Result<()> {
    for (at, revision) in revisions.iter().enumerate() {
        for name in revision.depends_on() {
            let found = names.dependency(name);
            if found.contains(&at) {
                let problem = format!("`{}` depends on itself", revision.id());
                let problem =
                    if name == revision.id() { problem } else { format!("{problem}: `{name}` is its label") };
                return Err(refused(revision, problem, "take it out of depends_on"));
            }
            if found.is_empty() {
                return Err(refused(
                    revision,
                    format!("it depends on `{name}`, which is neither a revision nor a label"),
                    "add the missing file, or name what it really needs",
                ));
            }
        }
    }
    Ok(())
}
