//! One row of the journal.

use std::collections::BTreeSet;
use std::fmt;

/// One row of the journal: a revision that was applied, that was stamped, or at which a run is or was.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Applied {
    /// The identifier of the revision.
    pub revision: String,
    /// The checksum of its file when it was applied.
    pub checksum: String,
    /// Whether it is applied, and how that came about.
    pub state: AppliedState,
    /// How many of its statements are done, in the direction that the state says.
    pub statements_done: usize,
    /// How many it has; a batch and a call count as one.
    pub statements_total: usize,
    /// When it was begun, by the database's clock, as the database prints it.
    pub started_at: String,
    /// When it was finished; none as long as it is not.
    pub finished_at: Option<String>,
    /// How long it took, in milliseconds, if a runner applied it.
    pub duration_ms: Option<u64>,
    /// The version of this crate that applied it.
    pub tool_version: String,
    /// Who applied it, if that is known.
    pub applied_by: Option<String>,
    /// Short checksums of what is done, until all is.
    pub(crate) prefix: Option<String>,
    /// How far the batch or the call has got that is next.
    pub(crate) cursor: Option<String>,
}

/// Whether a revision is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AppliedState {
    /// It ran to its end.
    Applied,
    /// It was written down as applied, and nothing was run.
    Stamped,
    /// It was begun and is not finished: a run is at it, or one was cut off.
    Upgrading,
    /// Its downgrade was begun and is not finished.
    Downgrading,
}

impl AppliedState {
    const ALL: [Self; 4] = [Self::Applied, Self::Stamped, Self::Upgrading, Self::Downgrading];

    /// `applied`, `stamped`, `upgrading` or `downgrading`, as in the journal.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Stamped => "stamped",
            Self::Upgrading => "upgrading",
            Self::Downgrading => "downgrading",
        }
    }

    /// A run has begun it, up or down, and not finished it.
    #[must_use]
    pub fn is_unfinished(self) -> bool {
        matches!(self, Self::Upgrading | Self::Downgrading)
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

impl fmt::Display for AppliedState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Applied {
    /// Reads a row of [`JournalSql::read`](super::JournalSql::read).
    pub(crate) fn of_row(row: Vec<Option<String>>) -> Option<Self> {
        let [
            revision,
            checksum,
            state,
            done,
            total,
            prefix,
            cursor,
            started_at,
            finished_at,
            duration,
            tool_version,
            applied_by,
        ]: [_; 12] = row.try_into().ok()?;
        Some(Self {
            revision: revision?,
            checksum: checksum?,
            state: AppliedState::named(&state?)?,
            statements_done: done?.parse().ok()?,
            statements_total: total?.parse().ok()?,
            started_at: started_at?,
            finished_at,
            duration_ms: duration.map(|digits| digits.parse()).transpose().ok()?,
            tool_version: tool_version?,
            applied_by,
            prefix,
            cursor,
        })
    }

    /// The identifiers of what the schema has: what is being undone is still there.
    #[must_use]
    pub fn identifiers(rows: &[Self]) -> BTreeSet<&str> {
        let is_there = |row: &&Self| row.state != AppliedState::Upgrading;
        rows.iter().filter(is_there).map(|row| row.revision.as_str()).collect()
    }
}
