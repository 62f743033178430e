//! What the driver and the server report, as errors of ours. No text that may quote data is kept: neither the
//! server's DETAIL, nor a message that is not about names in the statement.

use underpin_core::{CellError, Error, ErrorKind, Stale, Violation};
use underpin_schema::TableDef;
use underpin_sql::{Rows, WriteStatement};
use underpin_wire::{Error as WireError, Refusal, sqlstate};

use crate::codec::Refused;

/// A cell that is no value of its column; the position is that of the table's column.
pub(crate) fn unfit(table: &TableDef, position: usize, why: CellError) -> Error {
    let column = table.columns.get(position).map_or("?", |column| column.name);
    Error::value(table.name, column, why)
}

/// The error of any request.
pub(crate) fn of(error: &WireError) -> Error {
    match error {
        WireError::Refused(refused) => database(refused),
        WireError::Unfit(why) => match why.downcast_ref::<Refused>() {
            Some(refused) => Error::value(refused.table, refused.column, refused.why),
            None => Error::usage("a parameter cannot be written", "report this as a defect"),
        },
        WireError::TooLarge => Error::new(ErrorKind::Database { sqlstate: None }, error.to_string())
            .with_hint("send fewer rows at a time, or load them"),
        WireError::Nul => Error::usage(error.to_string(), "send the text as a parameter, or without it"),
        WireError::Parameters { .. } => {
            Error::usage(error.to_string(), "give one value for each parameter of the statement")
        }
        WireError::Io(io) => lost(format!("the connection to the database was lost: {io}")),
        WireError::Closed => lost("the connection to the database was lost".to_owned()),
        // What the connection says from here on cannot be trusted.
        WireError::Unexpected(_) | WireError::Skipped | WireError::NoPassword | WireError::Login(_) => {
            lost(error.to_string())
        }
    }
}

/// The row that an update or delete did not find, if that is what the error says.
pub(crate) fn stale(error: &WireError, table: &TableDef, rows: &dyn Rows) -> Option<Error> {
    let refused = error.refusal()?;
    if refused.code() != sqlstate::INVALID_TEXT_REPRESENTATION {
        return None;
    }
    let (_, number) = refused.message().split_once(WriteStatement::STALE)?;
    let digits = number.find(|c: char| !c.is_ascii_digit()).map_or(number, |end| &number[..end]);
    let row = digits.parse::<usize>().ok()?.saturating_sub(1);
    Some(Error::stale(Stale::new(table.name, row)).with_key(rows.key_text(row)))
}

/// The error of a statement of a script, with the line where it stands.
pub(crate) fn of_script(error: &WireError, sql: &str) -> Error {
    let Some(position) = error.refusal().and_then(Refusal::position) else { return of(error) };
    let before = sql.chars().take((position as usize).saturating_sub(1));
    let line = before.filter(|character| *character == '\n').count() + 1;
    if line == 1 { of(error) } else { of(error).context(format!("line {line}")) }
}

/// Whether the server refused the rows themselves: a value, a constraint, a row that is not there.
pub(crate) fn is_of_the_data(error: &WireError) -> bool {
    // The classes "data exception" and "integrity constraint violation".
    let of_data = |code: &str| code.starts_with("22") || code.starts_with("23");
    error.sqlstate().is_some_and(of_data)
}

/// Whether a prepared statement no longer fits: its tables changed, or a pooler gave us another server.
pub(crate) fn is_outdated(error: &WireError) -> bool {
    error.refusal().is_some_and(|refused| match refused.code() {
        sqlstate::INVALID_SQL_STATEMENT_NAME => true,
        // The message may be in any language, the routine's name is not.
        sqlstate::FEATURE_NOT_SUPPORTED => refused.routine() == Some("RevalidateCachedQuery"),
        _ => false,
    })
}

/// The error of a statement that no longer fits, inside a transaction that it has aborted or at the second try; the
/// next run prepares it anew.
pub(crate) fn outdated(error: &WireError) -> Error {
    let (what, hint) = match error.sqlstate() {
        Some(sqlstate::INVALID_SQL_STATEMENT_NAME) => (
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

fn database(refused: &Refusal) -> Error {
    let code = refused.code();
    if let Some(violation) = violation(code) {
        return Error::violated(
            violation,
            refused.constraint().map(str::to_owned),
            refused.table().map(str::to_owned),
            refused.column().map(str::to_owned),
            Some(code.to_owned()),
        );
    }
    let generic = || ErrorKind::Database { sqlstate: Some(code.to_owned()) };
    match code {
        sqlstate::SERIALIZATION_FAILURE => {
            Error::new(ErrorKind::Serialization, "").with_hint("run the unit of work again")
        }
        sqlstate::DEADLOCK_DETECTED => {
            Error::new(ErrorKind::Deadlock, "").with_hint("run the unit of work again")
        }
        sqlstate::LOCK_NOT_AVAILABLE => Error::new(ErrorKind::Busy, "somebody else holds the lock")
            .with_hint("try again, or wait longer (lock_timeout)"),
        sqlstate::QUERY_CANCELED => Error::new(ErrorKind::StatementTimeout, "")
            .with_hint("make statement_timeout longer, or the statement faster"),
        sqlstate::ADMIN_SHUTDOWN
        | sqlstate::CRASH_SHUTDOWN
        | sqlstate::CANNOT_CONNECT_NOW
        | sqlstate::IDLE_IN_TRANSACTION_SESSION_TIMEOUT => ended(code),
        sqlstate::IN_FAILED_SQL_TRANSACTION => aborted(),
        sqlstate::READ_ONLY_SQL_TRANSACTION => {
            Error::new(generic(), "the transaction may only read (SQLSTATE 25006)")
                .with_hint("begin it without read_only, and on a server that accepts writes")
        }
        sqlstate::DUPLICATE_PREPARED_STATEMENT => {
            Error::new(generic(), "the server has a statement of this name (SQLSTATE 42P05)").with_hint(
                "behind a PgBouncer in transaction mode write prepared_statements=false in the URL",
            )
        }
        sqlstate::DEPENDENT_OBJECTS_STILL_EXIST => {
            Error::new(generic(), "other objects depend on this one (SQLSTATE 2BP01)")
                .with_hint("drop them first")
        }
        sqlstate::OBJECT_IN_USE => Error::new(generic(), "somebody still uses the object (SQLSTATE 55006)"),
        code if code.starts_with("08") || code.starts_with("57P") => ended(code),
        code if code.starts_with("42") => {
            let what = format!("{} (SQLSTATE {})", refused.message(), code);
            let error = Error::new(generic(), what);
            match code {
                sqlstate::UNDEFINED_TABLE | sqlstate::UNDEFINED_COLUMN | sqlstate::UNDEFINED_OBJECT => {
                    error.with_hint("is the database migrated to this program's schema?")
                }
                _ => error,
            }
        }
        code => {
            let what = match code.get(..2) {
                Some("22") => "the database refused a value",
                Some("0A") => "the database does not support this",
                Some("53") => "the server is short of a resource: disk, memory or connections",
                Some("54") => "the statement is larger than a limit of the server",
                _ => "the database refused the statement",
            };
            Error::new(generic(), format!("{what} (SQLSTATE {code})"))
        }
    }
}

fn lost(what: String) -> Error {
    Error::new(ErrorKind::ConnectionLost, what)
        .with_hint("run the unit of work again; whether a COMMIT that was under way took effect is not known")
}

fn ended(code: &str) -> Error {
    lost(format!("the server ended the connection (SQLSTATE {code})"))
}

/// A request in a transaction that an earlier error has ended.
pub(crate) fn aborted() -> Error {
    Error::usage(
        "the transaction was aborted by an earlier error",
        "roll it back, or go back to a savepoint; the earlier error says what was wrong",
    )
}

fn violation(code: &str) -> Option<Violation> {
    Some(match code {
        sqlstate::UNIQUE_VIOLATION => Violation::Unique,
        sqlstate::FOREIGN_KEY_VIOLATION | sqlstate::RESTRICT_VIOLATION => Violation::ForeignKey,
        sqlstate::CHECK_VIOLATION => Violation::Check,
        sqlstate::NOT_NULL_VIOLATION => Violation::NotNull,
        sqlstate::EXCLUSION_VIOLATION => Violation::Exclusion,
        _ => return None,
    })
}
