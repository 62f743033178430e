//! Refuses a journal on which nothing can be built.

use super::prefix::{Missing, first_edited};
use super::{Applied, AppliedState};
use crate::error::Kind;
use crate::{Graph, MigrateError, Result, Step, StepDirection};

/// Refuses a journal that does not fit the files.
///
/// # Errors
/// A revision that no file is, whose file was edited, or whose parent is not applied.
pub(crate) fn check(graph: &Graph, rows: &[Applied]) -> Result<()> {
    check_known(graph, rows)?;
    let is_edited = |row: &Applied| {
        // What is not finished may be edited behind what is done; that is checked when it is taken up again.
        let revision = graph.revision(&row.revision).filter(|_| !row.state.is_unfinished())?;
        (revision.checksum() != row.checksum).then(|| revision.file())
    };
    let edited: Vec<_> = rows.iter().filter_map(is_edited).collect();
    if let Some(first) = edited.first() {
        return Err(MigrateError::new(
            Kind::Edited,
            format!("edited since it was applied: {}", edited.join(", ")),
            "take the edit back and write the change as a new revision; if the edit changes nothing that matters, `repair` accepts it",
        )
        .in_file(first));
    }
    let ids = Applied::identifiers(rows);
    for revision in graph.iter().filter(|revision| ids.contains(revision.id())) {
        if let Some(parent) = revision.revises().iter().find(|parent| !ids.contains(parent.as_str())) {
            let is_replaced = graph.iter().any(|other| {
                ids.contains(other.id()) && other.replaces().iter().any(|replaced| replaced == parent)
            });
            if is_replaced {
                continue;
            }
            return Err(MigrateError::new(
                Kind::Journal,
                format!("`{}` is applied, and `{parent}`, on which it stands, is not", revision.id()),
                "if the schema really has what it did, `stamp` it; otherwise find out who took its row out of underpin_revisions",
            )
            .in_file(revision.file()));
        }
    }
    Ok(())
}

/// Refuses revisions that no file is.
///
/// # Errors
/// The identifiers of all of them.
pub(crate) fn check_known(graph: &Graph, rows: &[Applied]) -> Result<()> {
    let ids = rows.iter().map(|row| row.revision.as_str());
    let unknown: Vec<_> = ids.filter(|id| graph.revision(id).is_none()).collect();
    if unknown.is_empty() {
        return Ok(());
    }
    Err(MigrateError::new(
        Kind::Unknown,
        format!("the database has {} applied, for which there is no file", unknown.join(", ")),
        "use the newer files that have it, or check that this is the right database; `stamp --purge` forgets what is applied",
    ))
}

/// Refuses to take up a step whose done part was edited, or one that goes the other way.
///
/// # Errors
/// The place of the edit; what was begun.
pub(crate) fn check_prefix(step: &Step, row: &Applied) -> Result<()> {
    let goes_on = match row.state {
        AppliedState::Upgrading => step.direction() == StepDirection::Up,
        AppliedState::Downgrading => step.direction() == StepDirection::Down,
        AppliedState::Applied | AppliedState::Stamped => true,
    };
    if !goes_on {
        return Err(unfinished(row, step.file()));
    }
    let edited = |line: usize| {
        let problem = format!(
            "`{}` was begun, {} of its {} statements are done, and one of those was edited",
            row.revision, row.statements_done, row.statements_total
        );
        let hint = "take the edit back; only what stands below the done statements may change. If the edit changes nothing that matters, `repair` accepts it";
        Err(MigrateError::new(Kind::Edited, problem, hint).in_file(step.file()).at_line(line))
    };
    match first_edited(step, row.prefix.as_deref().unwrap_or_default()) {
        Ok(None) => Ok(()),
        Ok(Some(line)) => edited(line),
        Err(Missing { done }) => {
            let problem = format!(
                "`{}` was begun, {done} of its statements are done, and now it has fewer",
                row.revision
            );
            let hint = "put back what was taken out; only what stands below the done statements may change";
            Err(MigrateError::new(Kind::Edited, problem, hint).in_file(step.file()))
        }
    }
}

/// The refusal of anything but going on with what was begun.
pub(crate) fn unfinished(row: &Applied, file: &str) -> MigrateError {
    let (verb, other) = match row.state {
        AppliedState::Downgrading => ("downgrade", "upgrade"),
        _ => ("upgrade", "downgrade"),
    };
    let problem = format!(
        "the {verb} of `{}` was begun and not finished: {} of its {} statements are done",
        row.revision, row.statements_done, row.statements_total
    );
    let hint = format!(
        "finish the {verb} first, which goes on where it ended; then {other} is possible. If you have tidied up by hand, `stamp` says so"
    );
    MigrateError::new(Kind::Unfinished, problem, hint).in_file(file)
}
