//! What ends the program early: one message, one hint, one exit code.

use std::fmt;
use std::process::ExitCode;

use documents_adapter::{ContentError, StorageError};
use documents_domain::{Failure, IllegalMove, Refusal, Status};
use underpin::migrate::MigrateError;
use underpin::secrets::SecretsError;
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
    /// A rule of the domain refused something, or a check failed.
    Refused = 1,
    /// It has to be said in another way.
    Mistake = 2,
    /// The database, or the store of the files, did not do it.
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

impl From<ContentError> for Error {
    fn from(error: ContentError) -> Self {
        Self::database(&error, error.hint())
    }
}

impl From<StorageError> for Error {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Database(error) => error.into(),
            StorageError::Contents(error) => error.into(),
        }
    }
}

impl From<Failure<StorageError>> for Error {
    fn from(failure: Failure<StorageError>) -> Self {
        match failure {
            Failure::Refused(refusal) => Self::refused(refusal, hint(refusal)),
            Failure::Outside(error) => error.into(),
        }
    }
}

/// What to do about a refusal.
fn hint(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::DocumentNotFound(_) => "see `documents list`",
        Refusal::BorrowerNotFound(_) => "see `documents borrowers list`",
        Refusal::IllegalMove(IllegalMove { from: Status::Processing, .. }) => {
            "wait until it has been read; if nobody is at it any more, say --abandoned"
        }
        Refusal::IllegalMove(_) => "see `documents show` for how far it has got",
        Refusal::UnknownKind | Refusal::Empty => "leave the file out",
    }
}

impl From<SecretsError> for Error {
    fn from(error: SecretsError) -> Self {
        Self::mistake(&error, error.hint().unwrap_or("see the README for how keys are made"))
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
