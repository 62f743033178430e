//! What ends a command early: one message, where it is, what the database said, a hint, an exit code.

use std::error::Error as _;
use std::fmt;
use std::io;
use std::path::Path;

use serde_json::{Value, json};
use underpin::migrate::{Graph, MigrateError, ScriptError, SectionBody};
use underpin::secrets::SecretsError;

use crate::called::Called;
use crate::exit::Exit;
use crate::redact::redacted;

pub(crate) type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a command stops.
#[derive(Debug)]
pub(crate) enum Error {
    /// Something to tell.
    Told(Box<Told>),
    /// Whoever read the output has read enough; that is no mistake.
    ClosedPipe,
}

/// The parts of a message.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) exit: Exit,
    /// What was attempted, and what went wrong.
    pub(crate) message: String,
    /// A file, and a line of it.
    pub(crate) place: Option<String>,
    /// The statement that it is about.
    pub(crate) statement: Option<String>,
    /// What the driver, the database or the operating system said.
    pub(crate) causes: Vec<String>,
    /// What to do.
    pub(crate) hint: String,
}

impl Error {
    fn told(exit: Exit, message: impl fmt::Display, hint: impl Into<String>) -> Self {
        let (message, hint) = (message.to_string(), hint.into());
        Self::Told(Box::new(Told { exit, message, place: None, statement: None, causes: Vec::new(), hint }))
    }

    /// A check that failed.
    pub(crate) fn failed(message: impl fmt::Display, hint: impl Into<String>) -> Self {
        Self::told(Exit::Failed, message, hint)
    }

    /// A mistake of the user.
    pub(crate) fn mistake(message: impl fmt::Display, hint: impl Into<String>) -> Self {
        Self::told(Exit::Mistake, message, hint)
    }

    /// The database did not do it.
    pub(crate) fn database(message: impl fmt::Display, hint: impl Into<String>) -> Self {
        Self::told(Exit::Database, message, hint)
    }

    /// A file or a directory that the operating system refuses.
    pub(crate) fn file(what: &str, path: &Path, error: &io::Error) -> Self {
        let hint = match error.kind() {
            io::ErrorKind::NotFound => "check the path, and that its directory exists",
            io::ErrorKind::PermissionDenied => "check who may read and write it",
            io::ErrorKind::AlreadyExists => "choose another name, or move the present one away",
            _ => "check the path and the disk",
        };
        Self::mistake(format!("{what} {}", path.display()), hint).because(error.to_string())
    }

    /// With the place that it is about.
    pub(crate) fn at(mut self, file: impl fmt::Display, line: Option<usize>) -> Self {
        if let Self::Told(told) = &mut self {
            told.place = Some(line.map_or_else(|| file.to_string(), |line| format!("{file}:{line}")));
        }
        self
    }

    /// With what somebody else said about it.
    pub(crate) fn because(mut self, cause: impl Into<String>) -> Self {
        if let Self::Told(told) = &mut self {
            told.causes.push(cause.into());
        }
        self
    }

    /// What went wrong in a run, with the beginning of the statement at which it did.
    pub(crate) fn of_run(error: MigrateError, graph: &Graph) -> Self {
        let statement =
            error.file().zip(error.line()).and_then(|(file, line)| statement_at(graph, file, line));
        let mut told = Self::from(error);
        if let Self::Told(told) = &mut told {
            told.statement = statement;
        }
        told
    }

    /// What went wrong, alone.
    pub(crate) fn message(&self) -> &str {
        match self {
            Self::Told(told) => &told.message,
            Self::ClosedPipe => "nobody reads the output",
        }
    }

    /// All of it, for a report.
    pub(crate) fn json(&self, called: &Called) -> Value {
        match self {
            Self::Told(told) => json!({
                "exit": told.exit as u8,
                "message": redacted(&told.message),
                "at": told.place,
                "statement": told.statement,
                "because": told.causes.iter().map(|cause| redacted(cause)).collect::<Vec<_>>(),
                "hint": called.says(&told.hint),
            }),
            Self::ClosedPipe => Value::Null,
        }
    }

    pub(crate) fn exit(&self) -> Exit {
        match self {
            Self::Told(told) => told.exit,
            Self::ClosedPipe => Exit::Done,
        }
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::ClosedPipe,
            _ => Self::mistake(
                "the output cannot be written",
                "look where standard output goes: is there room left, and may you write there?",
            )
            .because(error.to_string()),
        }
    }
}

impl From<underpin::Error> for Error {
    fn from(error: underpin::Error) -> Self {
        let hint = error.hint().unwrap_or("see what the database says, and try again").to_owned();
        if error.is_config() { Self::mistake(&error, hint) } else { Self::database(&error, hint) }
    }
}

impl From<SecretsError> for Error {
    fn from(error: SecretsError) -> Self {
        let exit = match () {
            () if error.is_database() => Exit::Database,
            () if error.is_key_in_use() => Exit::Failed,
            () => Exit::Mistake,
        };
        let told = Self::told(exit, &error, error.hint().unwrap_or("see `underpin secrets -h`"));
        match error.reason() {
            Some(reason) => told.because(reason),
            None => told,
        }
    }
}

impl From<ScriptError> for Error {
    fn from(error: ScriptError) -> Self {
        MigrateError::from(error).into()
    }
}

impl From<MigrateError> for Error {
    fn from(error: MigrateError) -> Self {
        let is_of_the_database = error.is_database()
            || error.is_locked()
            || error.is_blocked()
            || error.is_stale()
            || error.is_journal()
            || error.is_unfinished();
        let exit = if is_of_the_database { Exit::Database } else { Exit::Mistake };
        let mut told = Self::told(exit, error.problem(), error.hint());
        if let Some(file) = error.file() {
            told = told.at(file, error.line());
        }
        let mut cause = error.source();
        while let Some(next) = cause {
            told = told.because(next.to_string());
            cause = next.source();
        }
        told
    }
}

/// The first line of a statement, and a sign if there is more of it.
fn statement_at(graph: &Graph, file: &str, line: usize) -> Option<String> {
    let revision = graph.iter().find(|revision| revision.file() == file)?;
    let statements = revision.sections().iter().flat_map(|section| match section.body() {
        SectionBody::Batch(batch) => std::slice::from_ref(batch.statement()),
        _ => section.statements(),
    });
    let statement = statements.into_iter().find(|statement| statement.line() == line)?;
    let mut lines = statement.text().lines();
    let first = lines.next()?.trim_end();
    Some(if lines.next().is_some() { format!("{first} ...") } else { first.to_owned() })
}
