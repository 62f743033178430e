//! What ends the program early: one message, one hint, one exit code.

use std::fmt;
use std::process::ExitCode;

use teams_adapter::CodeHostError;
use teams_domain::{Failure, ImportFailure, Refusal};
use underpin::migrate::MigrateError;
use underpin_axum::ServerError;

/// Why the program stops.
#[derive(Debug)]
pub(crate) enum Error {
    /// Something to tell.
    Told {
        /// Who has to do something about it.
        end: End,
        /// What was attempted, and what went wrong.
        message: String,
        /// What to do.
        hint: String,
    },
    /// Whoever read the output has read enough; that is no mistake.
    ClosedPipe,
}

/// How the program ends, as its caller sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// Everything was done.
    Done = 0,
    /// A rule of the domain refused something, or the code host did.
    Refused = 1,
    /// It has to be said in another way.
    Mistake = 2,
    /// The database did not do it.
    Database = 3,
}

impl From<End> for ExitCode {
    fn from(end: End) -> Self {
        Self::from(end as u8)
    }
}

impl Error {
    /// How the program ends by it.
    pub(crate) fn end(&self) -> End {
        match self {
            Self::Told { end, .. } => *end,
            Self::ClosedPipe => End::Done,
        }
    }

    pub(crate) fn refused(message: impl fmt::Display, hint: impl Into<String>) -> Self {
        Self::Told { end: End::Refused, message: message.to_string(), hint: hint.into() }
    }

    pub(crate) fn mistake(message: impl fmt::Display, hint: impl Into<String>) -> Self {
        Self::Told { end: End::Mistake, message: message.to_string(), hint: hint.into() }
    }

    pub(crate) fn database(message: impl fmt::Display, hint: impl Into<String>) -> Self {
        Self::Told { end: End::Database, message: message.to_string(), hint: hint.into() }
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::BrokenPipe => Self::ClosedPipe,
            _ => Self::mistake(
                format!("the output cannot be written: {error}"),
                "look where standard output goes: is there room left, and may you write there?",
            ),
        }
    }
}

impl From<underpin::Error> for Error {
    fn from(error: underpin::Error) -> Self {
        let hint = error.hint().unwrap_or("see what the database says, and try again").to_owned();
        if error.is_config() { Self::mistake(&error, hint) } else { Self::database(&error, hint) }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        let hint = match &refusal {
            Refusal::TeamNotFound(_) => "`teams team list` has all of them",
            Refusal::UserNotFound(_) => "`teams user list` has all of them",
            Refusal::ItemNotFound(_) => "`teams item list` has all of them",
            Refusal::SlugTaken(_) => "choose another slug",
            Refusal::EmailTaken(_) => "`teams user show` with the address tells whose it is",
            Refusal::AlreadyMember(_) => "`teams member role` gives them another role",
            Refusal::NoMember(_) => "`teams team show` tells who is in it",
            Refusal::LastMaintainer { .. } => "`teams member role` makes somebody else a maintainer",
            Refusal::OwnsItems(_) => "`teams item change --team` gives an item to another team",
        };
        Self::refused(refusal, hint)
    }
}

impl From<Failure<underpin::Error>> for Error {
    fn from(failure: Failure<underpin::Error>) -> Self {
        match failure {
            Failure::Refused(refusal) => refusal.into(),
            Failure::Outside(error) => error.into(),
        }
    }
}

impl From<CodeHostError> for Error {
    fn from(error: CodeHostError) -> Self {
        Self::refused(&error, error.hint())
    }
}

impl<H: Into<Error>> From<ImportFailure<underpin::Error, H>> for Error {
    fn from(failure: ImportFailure<underpin::Error, H>) -> Self {
        match failure {
            ImportFailure::TakingIn(failure) => failure.into(),
            ImportFailure::Host(error) => error.into(),
        }
    }
}

impl From<std::convert::Infallible> for Error {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

impl From<ServerError> for Error {
    fn from(error: ServerError) -> Self {
        Self::mistake(&error, error.hint())
    }
}

impl From<MigrateError> for Error {
    fn from(error: MigrateError) -> Self {
        let mut message = match (error.file(), error.line()) {
            (Some(file), Some(line)) => format!("{file}:{line}: {}", error.problem()),
            (Some(file), None) => format!("{file}: {}", error.problem()),
            (None, _) => error.problem().to_owned(),
        };
        if let Some(cause) = std::error::Error::source(&error) {
            message.push_str(": ");
            message.push_str(&cause.to_string());
        }
        if error.is_destination() || error.is_irreversible() {
            Self::mistake(message, error.hint())
        } else if error.is_edited() || error.is_unknown_revision() {
            Self::refused(message, error.hint())
        } else {
            Self::database(message, error.hint())
        }
    }
}
