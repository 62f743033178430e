//! SQLite's result codes as errors of the toolkit.

use rusqlite::ffi;
use underpin_core::{Error, ErrorKind, Violation};
use underpin_schema::TableDef;

use crate::functions::MESSAGES;

/// What was being done. It decides how much of SQLite's own message may be kept.
#[derive(Clone, Copy)]
pub(crate) enum Attempt<'a> {
    /// Opening the file.
    Open,
    /// BEGIN, COMMIT and their like.
    Statement,
    /// Reading a table.
    Read(&'a TableDef),
    /// Writing rows of a table.
    Write(&'static TableDef),
    /// SQL of the program's own, which has no parameters to hide.
    Script,
}

/// The error of a request in an aborted transaction.
pub(crate) fn aborted() -> Error {
    Error::usage(
        "the transaction was aborted by an earlier error",
        "roll it back, or go back to a savepoint; the earlier error says what was wrong",
    )
}

/// The error of a statement that could not be prepared: its message speaks of its text, never of a value.
#[cold]
pub(crate) fn failed_preparing(why: rusqlite::Error, attempt: Attempt<'_>) -> Error {
    match why {
        rusqlite::Error::SqliteFailure(code, message) => of_code(code, message, true, attempt),
        other => failed(other, attempt),
    }
}

/// The error of any other call.
#[cold]
pub(crate) fn failed(why: rusqlite::Error, attempt: Attempt<'_>) -> Error {
    match why {
        rusqlite::Error::SqliteFailure(code, message) => of_code(code, message, false, attempt),
        // Only preparing a statement gives this.
        rusqlite::Error::SqlInputError { error, msg, .. } => of_code(error, Some(msg), true, attempt),
        rusqlite::Error::ExecuteReturnedResults => {
            Error::usage("the statement gives rows where none are expected", "use a request that takes rows")
        }
        rusqlite::Error::InvalidParameterCount(..) => Error::usage(
            "the statement has another number of parameters",
            "give one value for each parameter",
        ),
        other => Error::new(database(), format!("the SQLite library failed: {}", plain(&other))),
    }
}

/// rusqlite's own errors, without the values that some of them carry.
fn plain(why: &rusqlite::Error) -> &'static str {
    match why {
        rusqlite::Error::NulError(_) => "the text holds a NUL character",
        rusqlite::Error::QueryReturnedNoRows => "a row is missing",
        rusqlite::Error::InvalidPath(_) => "the path is not UTF-8 text",
        rusqlite::Error::MultipleStatement => "several statements where one is expected",
        _ => "a value has another form than expected",
    }
}

fn database() -> ErrorKind {
    ErrorKind::Database { sqlstate: None }
}

fn of_code(code: ffi::Error, message: Option<String>, prepared: bool, attempt: Attempt<'_>) -> Error {
    let message = message.unwrap_or_default();
    let extended = code.extended_code;
    match extended {
        ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID => {
            return unique(&message, attempt);
        }
        ffi::SQLITE_CONSTRAINT_CHECK => return check(&message, attempt),
        ffi::SQLITE_CONSTRAINT_NOTNULL => return not_null(&message, attempt),
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY => return foreign_key(attempt),
        // RESTRICT is carried out by a trigger of SQLite's own.
        ffi::SQLITE_CONSTRAINT_TRIGGER if message == FOREIGN_KEY => return foreign_key(attempt),
        ffi::SQLITE_CONSTRAINT_TRIGGER => {
            return Error::new(database(), on("a trigger refused the row", attempt));
        }
        ffi::SQLITE_BUSY_SNAPSHOT => {
            return Error::new(ErrorKind::Serialization, "")
                .with_hint("run the unit of work again from its start");
        }
        _ => {}
    }
    let connect =
        |what: &'static str, hint: &'static str| Error::new(ErrorKind::Connect, what).with_hint(hint);
    match extended & 0xff {
        ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED => Error::new(ErrorKind::Busy, "").with_hint(
            "run it again, keep write transactions short, or raise `busy_timeout` (milliseconds) in the URL",
        ),
        ffi::SQLITE_INTERRUPT => Error::new(ErrorKind::StatementTimeout, ""),
        ffi::SQLITE_READONLY => Error::new(database(), on("the database is open for reading only", attempt))
            .with_hint("take a connection for writing; open the URL without `mode=ro`"),
        ffi::SQLITE_FULL => Error::new(database(), "the disk is full, or the database has reached its limit")
            .with_hint("free some space; nothing of the transaction was stored"),
        ffi::SQLITE_CORRUPT => Error::new(database(), "the database file is damaged")
            .with_hint("run `PRAGMA integrity_check`, and restore a backup"),
        ffi::SQLITE_NOTADB => connect(
            "the file is not an SQLite database",
            "correct the path, or remove the file if it is wrong",
        ),
        ffi::SQLITE_CANTOPEN => {
            connect("the file cannot be opened", "see that file and directory are readable and writable")
        }
        ffi::SQLITE_PERM | ffi::SQLITE_AUTH => connect(
            "access to the file is not permitted",
            "see that file and directory are readable and writable",
        ),
        ffi::SQLITE_IOERR => Error::new(database(), format!("the disk failed (SQLite code {extended})"))
            .with_hint("see that the disk is present and has room"),
        ffi::SQLITE_NOMEM => Error::new(database(), "SQLite ran out of memory"),
        ffi::SQLITE_TOOBIG => Error::new(database(), on("a value is longer than SQLite allows", attempt)),
        _ => {
            // Some functions quote their arguments when they fail.
            let kept = prepared
                || matches!(attempt, Attempt::Script | Attempt::Statement | Attempt::Open)
                || extended == ffi::SQLITE_CONSTRAINT_DATATYPE
                || VALUELESS.contains(&message.as_str())
                || MESSAGES.contains(&message.as_str());
            let reason =
                if kept && !message.is_empty() { message } else { format!("SQLite code {extended}") };
            Error::new(database(), on(&format!("the database refused the statement: {reason}"), attempt))
        }
    }
}

/// Messages of running statements that quote nothing.
const VALUELESS: [&str; 3] = ["integer overflow", "malformed JSON", "too many levels of trigger recursion"];

const FOREIGN_KEY: &str = "FOREIGN KEY constraint failed";

fn on(what: &str, attempt: Attempt<'_>) -> String {
    match table(attempt) {
        Some(table) => format!("{what} (table {})", table.name),
        None => what.to_owned(),
    }
}

fn table<'a>(attempt: Attempt<'a>) -> Option<&'a TableDef> {
    match attempt {
        Attempt::Read(table) => Some(table),
        Attempt::Write(table) => Some(table),
        Attempt::Open | Attempt::Statement | Attempt::Script => None,
    }
}

/// `UNIQUE constraint failed: users.email, users.tenant`, or `... failed: index 'ix_users_lower_email'`.
fn unique(message: &str, attempt: Attempt<'_>) -> Error {
    let subject = subject(message);
    if let Some(index) = subject.strip_prefix("index '").and_then(|rest| rest.strip_suffix('\'')) {
        let table = table(attempt).map(|table| table.name.to_owned());
        return Error::violated(Violation::Unique, Some(index.to_owned()), table, None, None);
    }
    let (found, columns) = table_and_columns(subject);
    Error::violated(Violation::Unique, None, found, None, None).with_columns(columns)
}

/// `CHECK constraint failed: ck_users_age`; without a name SQLite tells the expression instead.
fn check(message: &str, attempt: Attempt<'_>) -> Error {
    let name = subject(message);
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '$');
    let constraint = is_name.then(|| name.to_owned());
    let table = table(attempt).map(|table| table.name.to_owned());
    Error::violated(Violation::Check, constraint, table, None, None)
}

/// `NOT NULL constraint failed: users.email`
fn not_null(message: &str, attempt: Attempt<'_>) -> Error {
    let (found, mut columns) = table_and_columns(subject(message));
    let found = found.or_else(|| table(attempt).map(|table| table.name.to_owned()));
    Error::violated(Violation::NotNull, None, found, columns.pop(), None)
}

fn foreign_key(attempt: Attempt<'_>) -> Error {
    let table = table(attempt).map(|table| table.name.to_owned());
    Error::violated(Violation::ForeignKey, None, table, None, None)
}

/// What stands behind `failed: `.
fn subject(message: &str) -> &str {
    message.split_once(" failed: ").map_or("", |(_, subject)| subject)
}

fn table_and_columns(subject: &str) -> (Option<String>, Vec<String>) {
    let parts: Vec<_> = subject.split(", ").filter_map(|part| part.split_once('.')).collect();
    (
        parts.first().map(|(table, _)| (*table).to_owned()),
        parts.into_iter().map(|(_, column)| column.to_owned()).collect(),
    )
}
