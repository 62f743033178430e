//! The error of everything that can go wrong between a revision file and a migrated database.

use std::fmt;

use crate::ScriptError;

/// What a driver answers when it fails.
pub type DriverError = Box<dyn std::error::Error + Send + Sync>;

/// The result of this crate.
pub type Result<T, E = MigrateError> = std::result::Result<T, E>;

/// A migration that was refused or that failed.
///
/// It prints what was attempted, on what, and what to do; what the driver said is its
/// [`source`](std::error::Error::source).
#[derive(Debug)]
pub struct MigrateError(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: Kind,
    file: Option<String>,
    line: Option<usize>,
    problem: String,
    hint: String,
    source: Option<DriverError>,
}

/// What kind of mistake it is; callers ask by predicate, so that kinds can be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Script,
    Source,
    Template,
    History,
    Destination,
    Edited,
    Unknown,
    Journal,
    Unfinished,
    Irreversible,
    Locked,
    Blocked,
    Function,
    Stale,
    Database,
}

impl MigrateError {
    pub(crate) fn new(kind: Kind, problem: impl Into<String>, hint: impl Into<String>) -> Self {
        let (problem, hint) = (problem.into(), hint.into());
        Self(Box::new(Inner { kind, file: None, line: None, problem, hint, source: None }))
    }

    pub(crate) fn in_file(mut self, file: &str) -> Self {
        self.0.file = Some(file.to_owned());
        self
    }

    pub(crate) fn at_line(mut self, line: usize) -> Self {
        self.0.line = Some(line);
        self
    }

    pub(crate) fn caused_by(mut self, source: impl Into<DriverError>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// The revision file that it is about; the first, if it is about several.
    #[must_use]
    pub fn file(&self) -> Option<&str> {
        self.0.file.as_deref()
    }

    /// The line in that file, counted from 1.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        self.0.line
    }

    /// What is wrong, without the place.
    #[must_use]
    pub fn problem(&self) -> &str {
        &self.0.problem
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> &str {
        &self.0.hint
    }

    /// A revision file is not well formed.
    #[must_use]
    pub fn is_script(&self) -> bool {
        self.0.kind == Kind::Script
    }

    /// The revision files could not be read.
    #[must_use]
    pub fn is_source(&self) -> bool {
        self.0.kind == Kind::Source
    }

    /// A template for the names of revision files is not well formed.
    #[must_use]
    pub fn is_template(&self) -> bool {
        self.0.kind == Kind::Template
    }

    /// The revisions do not make a history.
    #[must_use]
    pub fn is_history(&self) -> bool {
        self.0.kind == Kind::History
    }

    /// The destination does not exist, or cannot be reached that way.
    #[must_use]
    pub fn is_destination(&self) -> bool {
        self.0.kind == Kind::Destination
    }

    /// A file was edited after it was applied.
    #[must_use]
    pub fn is_edited(&self) -> bool {
        self.0.kind == Kind::Edited
    }

    /// The database has revisions for which there is no file.
    #[must_use]
    pub fn is_unknown_revision(&self) -> bool {
        self.0.kind == Kind::Unknown
    }

    /// The journal cannot be right: a revision is applied and its parent is not, or a row cannot be read.
    #[must_use]
    pub fn is_journal(&self) -> bool {
        self.0.kind == Kind::Journal
    }

    /// A revision was begun in the other direction and not brought to its end.
    #[must_use]
    pub fn is_unfinished(&self) -> bool {
        self.0.kind == Kind::Unfinished
    }

    /// A revision has no downgrade.
    #[must_use]
    pub fn is_irreversible(&self) -> bool {
        self.0.kind == Kind::Irreversible
    }

    /// Another runner kept the lock for longer than this one was ready to wait.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        self.0.kind == Kind::Locked
    }

    /// Somebody else held a lock that a statement needs, for longer than the run was ready to try.
    #[must_use]
    pub fn is_blocked(&self) -> bool {
        self.0.kind == Kind::Blocked
    }

    /// A revision calls a function that the program has not registered.
    #[must_use]
    pub fn is_missing_function(&self) -> bool {
        self.0.kind == Kind::Function
    }

    /// Another runner has changed what is applied since the plan was made; nothing of the plan's rest was run.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        self.0.kind == Kind::Stale
    }

    /// The database refused a statement, or could not be reached.
    #[must_use]
    pub fn is_database(&self) -> bool {
        self.0.kind == Kind::Database
    }
}

impl fmt::Display for MigrateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.file(), self.line()) {
            (Some(file), Some(line)) => write!(f, "{file}:{line}: ")?,
            (Some(file), None) => write!(f, "{file}: ")?,
            (None, _) => {}
        }
        write!(f, "{}; {}", self.problem(), self.hint())
    }
}

impl std::error::Error for MigrateError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as &(dyn std::error::Error + 'static))
    }
}

impl From<ScriptError> for MigrateError {
    fn from(error: ScriptError) -> Self {
        Self::new(Kind::Script, error.problem(), error.hint()).in_file(error.file()).at_line(error.line())
    }
}
