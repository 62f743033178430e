//! Statements on a connection: prepared once, kept in its cache, found again by their text.

use rusqlite::{CachedStatement, Connection, ErrorCode};
use underpin_core::{Error, Result};

use crate::error::{Attempt, failed, failed_preparing};

/// A prepared statement, which goes back to the cache when it is dropped.
pub(crate) fn prepare<'c>(
    db: &'c Connection,
    sql: &str,
    attempt: Attempt<'_>,
) -> Result<CachedStatement<'c>> {
    db.prepare_cached(sql).map_err(|why| failed_preparing(why, attempt))
}

/// The error of a statement that failed while it ran. If the tables have changed since it was prepared, the message
/// of preparing it anew says how; that of the failure itself might quote a value.
#[cold]
pub(crate) fn failed_running(
    why: rusqlite::Error,
    db: &Connection,
    sql: &str,
    attempt: Attempt<'_>,
) -> Error {
    match db.prepare(sql) {
        Err(now) if why.sqlite_error_code() == Some(ErrorCode::Unknown) => failed_preparing(now, attempt),
        _ => failed(why, attempt),
    }
}

/// Executes a statement without parameters and rows.
pub(crate) fn execute(db: &Connection, sql: &str) -> rusqlite::Result<()> {
    db.prepare_cached(sql)?.raw_execute().map(drop)
}
