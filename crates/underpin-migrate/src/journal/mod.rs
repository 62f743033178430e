//! What the database says about the revisions that were applied to it, and whether that fits the files.

mod statements;

use std::collections::BTreeSet;

use crate::error::Kind;
use crate::{Graph, MigrateError, Result};

pub(crate) use statements::{JournalSql, Place};

/// One row of the journal: a revision that was applied, or that was begun.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Applied {
    /// The identifier of the revision.
    pub revision: String,
    /// The checksum of its file when it was applied.
    pub checksum: String,
    /// When it was begun, by the database's clock, as the database prints it.
    pub started_at: String,
    /// When it was finished; none if it was begun outside of a transaction and not brought to its end.
    pub finished_at: Option<String>,
    /// How long it took, in milliseconds.
    pub duration_ms: Option<u64>,
    /// The version of this crate that applied it.
    pub tool_version: String,
    /// Who applied it, if that is known.
    pub applied_by: Option<String>,
}

impl Applied {
    /// Reads a row of [`JournalSql::read`].
    pub(crate) fn of_row(row: Vec<Option<String>>) -> Option<Self> {
        let [revision, checksum, started_at, finished_at, duration, tool_version, applied_by]: [_; 7] =
            row.try_into().ok()?;
        Some(Self {
            revision: revision?,
            checksum: checksum?,
            started_at: started_at?,
            finished_at,
            duration_ms: duration.map(|digits| digits.parse()).transpose().ok()?,
            tool_version: tool_version?,
            applied_by,
        })
    }
}

/// The identifiers of what is applied.
pub(crate) fn identifiers(applied: &[Applied]) -> BTreeSet<&str> {
    applied.iter().map(|row| row.revision.as_str()).collect()
}

/// Refuses a journal on which nothing can be built.
///
/// # Errors
/// A revision that was left half-way, that no file is, whose file was edited, or whose parent is not applied.
pub(crate) fn check(history: &Graph, applied: &[Applied]) -> Result<()> {
    check_finished(applied)?;
    let ids = identifiers(applied);
    let unknown: Vec<_> = ids.iter().copied().filter(|id| history.revision(id).is_none()).collect();
    if !unknown.is_empty() {
        return Err(MigrateError::new(
            Kind::Unknown,
            format!("the database has {} applied, for which there is no file", unknown.join(", ")),
            "use the newer files that have it, or check that this is the right database",
        ));
    }
    let is_edited = |row: &Applied| {
        let revision = history.revision(&row.revision).filter(|revision| revision.checksum() != row.checksum);
        revision.map(|revision| revision.file())
    };
    let edited: Vec<_> = applied.iter().filter_map(is_edited).collect();
    if let Some(first) = edited.first() {
        return Err(MigrateError::new(
            Kind::Edited,
            format!("edited since it was applied: {}", edited.join(", ")),
            "take the edit back, and write the change as a new revision",
        )
        .in_file(first));
    }
    let applied_revisions = history.iter().filter(|revision| ids.contains(revision.id()));
    for revision in applied_revisions {
        if let Some(parent) = revision.revises().iter().find(|parent| !ids.contains(parent.as_str())) {
            return Err(MigrateError::new(
                Kind::Journal,
                format!("`{}` is applied, and `{parent}`, on which it stands, is not", revision.id()),
                "put the missing row back into underpin_revisions, if the schema really has what it did",
            )
            .in_file(revision.file()));
        }
    }
    Ok(())
}

/// Refuses a revision that was left half-way.
pub(crate) fn check_finished(applied: &[Applied]) -> Result<()> {
    match applied.iter().find(|row| row.finished_at.is_none()) {
        None => Ok(()),
        Some(row) => Err(MigrateError::new(
            Kind::Unfinished,
            format!("`{}` was begun outside of a transaction and did not come to its end", row.revision),
            "if no other runner is at it now, see what it has done; finish it by hand and set its finished_at in underpin_revisions, or undo it by hand \
             and delete its row",
        )),
    }
}
