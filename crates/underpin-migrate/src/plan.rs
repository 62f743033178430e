//! What an upgrade or a downgrade will do: an ordered list of steps, made without a database.

use std::fmt;

use crate::error::Kind;
use crate::journal::{self, Applied};
use crate::{
    Destination, Dialect, Direction, Graph, MigrateError, Move, Result, Revision, SectionBody, Statement,
};

/// An ordered list of steps. It prints as the SQL that it will run, without what the journal needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    dialect: Dialect,
    direction: Direction,
    applied: Vec<String>,
    steps: Vec<Step>,
}

impl Plan {
    /// Plans the way from what is applied to a destination.
    ///
    /// # Errors
    /// A journal that does not fit the history; a destination that cannot be reached that way; a downgrade through
    /// a revision that has none.
    pub fn new(
        history: &Graph,
        applied: &[Applied],
        dialect: Dialect,
        direction: Direction,
        destination: &Destination,
    ) -> Result<Self> {
        journal::check(history, applied)?;
        let ids = journal::identifiers(applied);
        let moves = match direction {
            Direction::Upgrade => history.upgrade(&ids, destination)?,
            Direction::Downgrade => history.downgrade(&ids, destination)?,
        };
        let revision = |step: &Move<'_>| match step {
            Move::Up(revision) | Move::Down(revision) => Some(Step::new(revision, direction, dialect)),
            Move::Record { .. } => None,
        };
        let steps = moves.steps().iter().filter_map(revision);
        Ok(Self {
            dialect,
            direction,
            applied: ids.into_iter().map(str::to_owned).collect(),
            steps: steps.collect::<Result<_>>()?,
        })
    }

    /// The dialect for which it was made.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Which way it goes.
    #[must_use]
    pub fn direction(&self) -> Direction {
        self.direction
    }

    /// The steps, in the order in which they run.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// There is nothing to do.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The identifiers of what was applied when it was made, sorted.
    pub(crate) fn applied(&self) -> &[String] {
        &self.applied
    }
}

/// One revision of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    revision: String,
    file: String,
    message: String,
    checksum: String,
    direction: Direction,
    stages: Vec<Stage>,
}

impl Step {
    fn new(revision: &Revision, direction: Direction, dialect: Dialect) -> Result<Self> {
        if direction == Direction::Downgrade && revision.is_irreversible(dialect) {
            return Err(MigrateError::new(
                Kind::Irreversible,
                format!("`{}` has no downgrade for {dialect}", revision.id()),
                "add a `-- +downgrade` section before it is applied anywhere, or write a new revision that undoes it",
            )
            .in_file(revision.file()));
        }
        if let Some(section) = revision
            .sections_for(direction, dialect)
            .find(|section| !matches!(section.body(), SectionBody::Statements(_)))
        {
            return Err(MigrateError::new(
                Kind::Script,
                "this runner does not know batches and calls yet",
                "write the section as plain statements",
            )
            .in_file(revision.file())
            .at_line(section.line()));
        }
        let mut stages: Vec<Stage> = Vec::new();
        for section in
            revision.sections_for(direction, dialect).filter(|section| !section.statements().is_empty())
        {
            let transaction = section.is_transactional();
            match stages.last_mut().filter(|last| last.transaction == transaction) {
                Some(last) => last.statements.extend_from_slice(section.statements()),
                None => stages.push(Stage { transaction, statements: section.statements().to_vec() }),
            }
        }
        Ok(Self {
            revision: revision.id().to_owned(),
            file: revision.file().to_owned(),
            message: revision.message().to_owned(),
            checksum: revision.checksum().to_owned(),
            direction,
            stages,
        })
    }

    /// The identifier of the revision.
    #[must_use]
    pub fn revision(&self) -> &str {
        &self.revision
    }

    /// Its file.
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
    pub fn direction(&self) -> Direction {
        self.direction
    }

    /// Its statements, grouped by transaction, in the order in which they run; none if the revision does nothing
    /// on this dialect.
    #[must_use]
    pub fn stages(&self) -> &[Stage] {
        &self.stages
    }

    /// All its statements, in the order in which they run.
    pub fn statements(&self) -> impl Iterator<Item = &Statement> {
        self.stages.iter().flat_map(|stage| &stage.statements)
    }
}

/// Statements of one revision that run together: in one transaction, or each by itself outside of any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    transaction: bool,
    statements: Vec<Statement>,
}

impl Stage {
    /// The statements run in one transaction.
    #[must_use]
    pub fn is_transactional(&self) -> bool {
        self.transaction
    }

    /// The statements, in the order in which they run.
    #[must_use]
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let revisions = if self.steps.len() == 1 { "revision" } else { "revisions" };
        writeln!(f, "-- {} of {} {revisions} on {}", self.direction, self.steps.len(), self.dialect)?;
        self.steps.iter().try_for_each(|step| write!(f, "\n{step}"))
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "-- {} {}: {} ({})", self.direction, self.revision, self.message, self.file)?;
        self.stages.iter().try_for_each(|stage| stage.fmt(f))
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (begin, commit) = if self.transaction { ("BEGIN;\n", "COMMIT;\n") } else { ("", "") };
        f.write_str(begin)?;
        self.statements.iter().try_for_each(|statement| writeln!(f, "{statement};"))?;
        f.write_str(commit)
    }
}
