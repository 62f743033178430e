//! What a set of revisions must be, to be a graph: one kind of mistake a file.

mod cycles;
mod dependencies;
mod identifiers;
mod labels;
mod parents;
mod replacements;
mod squashes;

pub(super) use cycles::cycles;
pub(super) use dependencies::dependencies;
pub(super) use identifiers::identifiers;
pub(super) use labels::labels;
pub(super) use parents::parents;
pub(super) use replacements::replacements;
pub(super) use squashes::squashes;

use crate::error::Kind;
use crate::{MigrateError, Revision};

fn refused(revision: &Revision, problem: impl Into<String>, hint: impl Into<String>) -> MigrateError {
    MigrateError::new(Kind::History, problem, hint).in_file(revision.file())
}
