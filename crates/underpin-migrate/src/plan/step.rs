//! One step of a plan: a revision that is applied, undone, or only written down.

use std::fmt;

use super::Stage;
use crate::error::Kind;
use crate::{Dialect, Direction, MigrateError, Move, Result, Revision, Statement};

/// Which way a step goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StepDirection {
    /// A revision is applied.
    Up,
    /// A revision is undone.
    Down,
    /// Rows of the journal change, and nothing else.
    Stamp,
}

impl StepDirection {
    /// `up`, `down` or `stamp`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::Stamp => "stamp",
        }
    }

    /// What a person calls it.
    pub(crate) fn verb(self) -> &'static str {
        match self {
            Self::Up => "upgrade",
            Self::Down => "downgrade",
            Self::Stamp => "stamp",
        }
    }
}

impl fmt::Display for StepDirection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One revision of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    revision: String,
    file: String,
    message: String,
    checksum: String,
    direction: StepDirection,
    stages: Vec<Stage>,
    insert: Vec<Row>,
    remove: Vec<String>,
}

/// A row that a stamp writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) revision: String,
    pub(crate) checksum: String,
}

impl Step {
    pub(super) fn new(step: &Move<'_>, dialect: Dialect) -> Result<Self> {
        match step {
            Move::Up(revision) => Ok(Self::of_revision(revision, Direction::Upgrade, dialect)),
            Move::Down(revision) if revision.is_irreversible(dialect) => Err(irreversible(revision, dialect)),
            Move::Down(revision) => Ok(Self::of_revision(revision, Direction::Downgrade, dialect)),
            Move::Record { to, insert, remove } => Ok(Self::of_record(*to, insert, remove)),
        }
    }

    pub(crate) fn of_revision(revision: &Revision, direction: Direction, dialect: Dialect) -> Self {
        let stages = Stage::of_revision(revision, direction, dialect);
        let direction = match direction {
            Direction::Upgrade => StepDirection::Up,
            Direction::Downgrade => StepDirection::Down,
        };
        Self { stages, ..Self::empty(revision, direction) }
    }

    fn of_record(to: Option<&Revision>, insert: &[&Revision], remove: &[String]) -> Self {
        let row = |revision: &&Revision| Row {
            revision: revision.id().to_owned(),
            checksum: revision.checksum().to_owned(),
        };
        let step = match to {
            Some(revision) => Self::empty(revision, StepDirection::Stamp),
            None => Self::base(),
        };
        Self { insert: insert.iter().map(row).collect(), remove: remove.to_vec(), ..step }
    }

    /// A stamp that takes a revision out of the journal.
    pub(super) fn forgotten(revision: &Revision) -> Self {
        let remove = vec![revision.id().to_owned()];
        Self { remove, ..Self::empty(revision, StepDirection::Stamp) }
    }

    fn empty(revision: &Revision, direction: StepDirection) -> Self {
        Self {
            revision: revision.id().to_owned(),
            file: revision.file().to_owned(),
            message: revision.message().to_owned(),
            checksum: revision.checksum().to_owned(),
            direction,
            ..Self::base()
        }
    }

    fn base() -> Self {
        Self {
            revision: "base".to_owned(),
            file: String::new(),
            message: String::new(),
            checksum: String::new(),
            direction: StepDirection::Stamp,
            stages: Vec::new(),
            insert: Vec::new(),
            remove: Vec::new(),
        }
    }

    /// The identifier of the revision; `base` for a stamp before the first one.
    #[must_use]
    pub fn revision(&self) -> &str {
        &self.revision
    }

    /// Its file; empty for a stamp before the first revision.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// What the revision does.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The checksum of its file.
    #[must_use]
    pub fn checksum(&self) -> &str {
        &self.checksum
    }

    /// Which way it goes.
    #[must_use]
    pub fn direction(&self) -> StepDirection {
        self.direction
    }

    /// What it does, in the order in which it is done; nothing for a stamp, or if the revision does nothing on this
    /// dialect.
    #[must_use]
    pub fn stages(&self) -> &[Stage] {
        &self.stages
    }

    /// All its statements, in the order in which they run.
    pub fn statements(&self) -> impl Iterator<Item = &Statement> {
        self.stages.iter().flat_map(Stage::statements)
    }

    /// The revisions that a stamp writes into the journal without running them.
    pub fn inserted(&self) -> impl Iterator<Item = &str> {
        self.insert.iter().map(|row| row.revision.as_str())
    }

    /// The revisions that a stamp takes out of the journal without undoing them.
    #[must_use]
    pub fn removed(&self) -> &[String] {
        &self.remove
    }

    pub(crate) fn rows(&self) -> &[Row] {
        &self.insert
    }

    /// How many entries its progress has: its statements, with each batch and each call as one.
    pub(crate) fn total(&self) -> usize {
        self.stages.iter().map(Stage::size).sum()
    }
}

fn irreversible(revision: &Revision, dialect: Dialect) -> MigrateError {
    MigrateError::new(
        Kind::Irreversible,
        format!("`{}` has no downgrade for {dialect}", revision.id()),
        "add a `-- +downgrade` section before it is applied anywhere, or write a new revision that undoes it",
    )
    .in_file(revision.file())
}
