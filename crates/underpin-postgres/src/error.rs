//! What the driver and the server report, as errors of ours. No text that may quote data is kept: neither the
//! server's DETAIL, nor a message that is not about names in the statement.

use std::error::Error as _;

use tokio_postgres::error::{DbError, ErrorPosition, SqlState};
use underpin_core::{CellError, Error, ErrorKind, Stale, Violation};
use underpin_schema::TableDef;
use underpin_sql::{Rows, WriteStatement};

use crate::codec::Refused;

/// A cell that is no value of its column; the position is that of the table's column.
pub(crate) fn unfit(table: &TableDef, position: usize, why: CellError) -> Error {
    let column = table.columns.get(position).map_or("?", |column| column.name);
    Error::value(table.name, column, why)
}

/// The error of any request.
pub(crate) fn of(error: &tokio_postgres::Error) -> Error {
    if let Some(refused) = error.as_db_error() {
        return database(refused);
    }
    if let Some(refused) = error.source().and_then(|source| source.downcast_ref::<Refused>()) {
        return Error::value(refused.table, refused.column, refused.why);
    }
    if let Some(io) = error.source().and_then(|source| source.downcast_ref::<std::io::Error>()) {
        return match error.to_string().as_str() {
            "error encoding message to server" => Error::new(
                ErrorKind::Database { sqlstate: None },
                "the request is larger than the protocol allows",
            )
            .with_hint("send fewer rows at a time, or load them"),
            _ => lost(format!("the connection to the database was lost: {io}")),
        };
    }
    let what = error.to_string();
    if what.contains(" parameters but got ") {
        return Error::usage(what, "give one value for each parameter of the statement");
    }
    if error.is_closed() {
        return lost("the connection to the database was lost".to_owned());
    }
    // What the connection says from here on cannot be trusted.
    lost(format!("the server gave an answer that was not expected: {what}"))
}

/// The row that an update or delete did not find, if that is what the error says.
pub(crate) fn stale(error: &tokio_postgres::Error, table: &TableDef, rows: &dyn Rows) -> Option<Error> {
    let refused = error.as_db_error()?;
    if *refused.code() != SqlState::INVALID_TEXT_REPRESENTATION {
        return None;
    }
    let (_, number) = refused.message().split_once(WriteStatement::STALE)?;
    let digits = number.find(|c: char| !c.is_ascii_digit()).map_or(number, |end| &number[..end]);
    let row = digits.parse::<usize>().ok()?.saturating_sub(1);
    Some(Error::stale(Stale::new(table.name, row)).with_key(rows.key_text(row)))
}

/// The error of a statement of a script, with the line where it stands.
pub(crate) fn of_script(error: &tokio_postgres::Error, sql: &str) -> Error {
    let position = error.as_db_error().and_then(DbError::position);
    let Some(ErrorPosition::Original(position)) = position else { return of(error) };
    let before = sql.chars().take((*position as usize).saturating_sub(1));
    let line = before.filter(|character| *character == '\n').count() + 1;
    if line == 1 { of(error) } else { of(error).context(format!("line {line}")) }
}

/// Whether the server refused the rows themselves: a value, a constraint, a row that is not there.
pub(crate) fn is_of_the_data(error: &tokio_postgres::Error) -> bool {
    // The classes "data exception" and "integrity constraint violation".
    let of_data = |code: &str| code.starts_with("22") || code.starts_with("23");
    error.code().is_some_and(|code| of_data(code.code()))
}

/// Whether a prepared statement no longer fits: its tables changed, or a pooler gave us another server.
pub(crate) fn is_outdated(error: &tokio_postgres::Error) -> bool {
    error.as_db_error().is_some_and(|refused| match *refused.code() {
        SqlState::INVALID_SQL_STATEMENT_NAME => true,
        // The message may be in any language, the routine's name is not.
        SqlState::FEATURE_NOT_SUPPORTED => refused.routine() == Some("RevalidateCachedQuery"),
        _ => false,
    })
}

/// The error of a statement that no longer fits, inside a transaction that it has aborted or at the second try; the
/// next run prepares it anew.
pub(crate) fn outdated(error: &tokio_postgres::Error) -> Error {
    let (what, hint) = match error.code() {
        Some(&SqlState::INVALID_SQL_STATEMENT_NAME) => (
            "the server does not know a statement that was prepared on this connection",
            "run the unit of work again; behind a PgBouncer in transaction mode write prepared_statements=false in the URL",
        ),
        _ => (
            "a table was altered while this connection had its statement prepared",
            "run the unit of work again",
        ),
    };
    Error::new(ErrorKind::Serialization, what).with_hint(hint)
}

fn database(refused: &DbError) -> Error {
    let code = refused.code();
    if let Some(violation) = violation(code) {
        return Error::violated(
            violation,
            refused.constraint().map(str::to_owned),
            refused.table().map(str::to_owned),
            refused.column().map(str::to_owned),
            Some(code.code().to_owned()),
        );
    }
    let generic = || ErrorKind::Database { sqlstate: Some(code.code().to_owned()) };
    match *code {
        SqlState::T_R_SERIALIZATION_FAILURE => {
            Error::new(ErrorKind::Serialization, "").with_hint("run the unit of work again")
        }
        SqlState::T_R_DEADLOCK_DETECTED => {
            Error::new(ErrorKind::Deadlock, "").with_hint("run the unit of work again")
        }
        SqlState::LOCK_NOT_AVAILABLE => Error::new(ErrorKind::Busy, "somebody else holds the lock")
            .with_hint("try again, or wait longer (lock_timeout)"),
        SqlState::QUERY_CANCELED => Error::new(ErrorKind::StatementTimeout, "")
            .with_hint("make statement_timeout longer, or the statement faster"),
        SqlState::ADMIN_SHUTDOWN
        | SqlState::CRASH_SHUTDOWN
        | SqlState::CANNOT_CONNECT_NOW
        | SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT => ended(code),
        SqlState::IN_FAILED_SQL_TRANSACTION => aborted(),
        SqlState::READ_ONLY_SQL_TRANSACTION => {
            Error::new(generic(), "the transaction may only read (SQLSTATE 25006)")
                .with_hint("begin it without read_only, and on a server that accepts writes")
        }
        SqlState::DUPLICATE_PSTATEMENT => {
            Error::new(generic(), "the server has a statement of this name (SQLSTATE 42P05)").with_hint(
                "behind a PgBouncer in transaction mode write prepared_statements=false in the URL",
            )
        }
        SqlState::DEPENDENT_OBJECTS_STILL_EXIST => {
            Error::new(generic(), "other objects depend on this one (SQLSTATE 2BP01)")
                .with_hint("drop them first")
        }
        SqlState::OBJECT_IN_USE => Error::new(generic(), "somebody still uses the object (SQLSTATE 55006)"),
        ref code if code.code().starts_with("08") || code.code().starts_with("57P") => ended(code),
        ref code if code.code().starts_with("42") => {
            let what = format!("{} (SQLSTATE {})", refused.message(), code.code());
            let error = Error::new(generic(), what);
            match *code {
                SqlState::UNDEFINED_TABLE | SqlState::UNDEFINED_COLUMN | SqlState::UNDEFINED_OBJECT => {
                    error.with_hint("is the database migrated to this program's schema?")
                }
                _ => error,
            }
        }
        ref code => {
            let what = match code.code().get(..2) {
                Some("22") => "the database refused a value",
                Some("0A") => "the database does not support this",
                Some("53") => "the server is short of a resource: disk, memory or connections",
                Some("54") => "the statement is larger than a limit of the server",
                _ => "the database refused the statement",
            };
            Error::new(generic(), format!("{what} (SQLSTATE {})", code.code()))
        }
    }
}

fn lost(what: String) -> Error {
    Error::new(ErrorKind::ConnectionLost, what)
        .with_hint("run the unit of work again; whether a COMMIT that was under way took effect is not known")
}

fn ended(code: &SqlState) -> Error {
    lost(format!("the server ended the connection (SQLSTATE {})", code.code()))
}

/// A request in a transaction that an earlier error has ended.
pub(crate) fn aborted() -> Error {
    Error::usage(
        "the transaction was aborted by an earlier error",
        "roll it back, or go back to a savepoint; the earlier error says what was wrong",
    )
}

fn violation(code: &SqlState) -> Option<Violation> {
    Some(match *code {
        SqlState::UNIQUE_VIOLATION => Violation::Unique,
        SqlState::FOREIGN_KEY_VIOLATION | SqlState::RESTRICT_VIOLATION => Violation::ForeignKey,
        SqlState::CHECK_VIOLATION => Violation::Check,
        SqlState::NOT_NULL_VIOLATION => Violation::NotNull,
        SqlState::EXCLUSION_VIOLATION => Violation::Exclusion,
        _ => return None,
    })
}
