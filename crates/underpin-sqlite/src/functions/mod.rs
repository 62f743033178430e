//! Functions of ours that queries call where SQLite has none that gives what PostgreSQL's gives.
//!
//! They are registered on each connection and called by queries only, never by tables, so that other programs read
//! the file as it is.

mod decimal;
mod exact;
mod json;
mod number;
mod sum;
mod text;
mod time;

use rusqlite::functions::{Context, FunctionFlags, SqlFnOutput};
use rusqlite::{Connection, Error, Result};

/// Registers all functions.
pub(crate) fn register(db: &Connection) -> Result<()> {
    text::register(db)?;
    number::register(db)?;
    decimal::register(db)?;
    sum::register(db)?;
    json::register(db)?;
    time::register(db)
}

const PURE: FunctionFlags = FunctionFlags::SQLITE_UTF8.union(FunctionFlags::SQLITE_DETERMINISTIC);

/// Registers a function that gives the same for the same arguments.
fn pure<T: SqlFnOutput>(
    db: &Connection,
    name: &str,
    arguments: i32,
    function: impl Fn(&Context<'_>) -> Result<T> + Send + 'static,
) -> Result<()> {
    db.create_scalar_function(name, arguments, PURE, function)
}

/// The error of a function; the message quotes no value.
fn refused(why: &'static str) -> Error {
    Error::UserFunctionError(why.into())
}

/// Messages of functions, which quote nothing.
pub(crate) const MESSAGES: [&str; 5] = [OUT_OF_RANGE, BY_ZERO, BACKSLASH, WRONG_UNIT, WRONG_ARGUMENT];

const OUT_OF_RANGE: &str = "a decimal has more than 28 digits";
const BY_ZERO: &str = "division by zero";
const BACKSLASH: &str = "a pattern ends with a backslash";
const WRONG_UNIT: &str = "no such part of a date";
const WRONG_ARGUMENT: &str = "a stored value is not what its column declares";
