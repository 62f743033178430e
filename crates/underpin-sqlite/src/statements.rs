//! Statements on a connection: prepared once, kept in its cache, found again by their text.

use rusqlite::{CachedStatement, Connection};
use underpin_core::Result;

use crate::error::{Attempt, failed};

/// A prepared statement, which goes back to the cache when it is dropped.
pub(crate) fn prepare<'c>(
    db: &'c Connection,
    sql: &str,
    attempt: Attempt<'_>,
) -> Result<CachedStatement<'c>> {
    db.prepare_cached(sql).map_err(|why| failed(why, attempt))
}

/// Executes a statement without parameters and rows.
pub(crate) fn execute(db: &Connection, sql: &str) -> rusqlite::Result<()> {
    db.prepare_cached(sql)?.raw_execute().map(drop)
}
