//! The lock that keeps two runners apart.
//!
//! It is tried again and again, never waited for inside the database: a statement that waits holds a snapshot, and
//! CREATE INDEX CONCURRENTLY of the runner that has the lock would wait for that snapshot.

use std::time::Duration;

use tokio::time::Instant;

use super::target::Target;
use super::{database_error, first_cell};
use crate::error::Kind;
use crate::{Dialect, MigrateError, Result};

// The first number says that it is our lock, the second is the schema of the journal: tenants with a schema each do
// not wait for each other. Databases have locks of their own anyway.

const POSTGRES_KEY: &str = "
SELECT CAST(hashtext(coalesce(current_schema(), '')) AS text)";

const POSTGRES_TRY: &str = "
SELECT CAST(pg_try_advisory_lock(1970170992, {key}) AS text)";

const POSTGRES_RELEASE: &str = "
SELECT pg_advisory_unlock(1970170992, {key})";

const POSTGRES_HOLDER: &str = "
SELECT CAST(pid AS text)
FROM pg_catalog.pg_locks
WHERE locktype = 'advisory' AND granted AND classid = 1970170992 AND objid = CAST(({key}) AS oid)
  AND database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())";

/// How often the lock is tried.
const PAUSE: Duration = Duration::from_millis(100);

/// How a dialect keeps a lock that belongs to the session.
struct LockSql {
    key: &'static str,
    attempt: &'static str,
    release: &'static str,
    holder: &'static str,
}

const POSTGRES: LockSql =
    LockSql { key: POSTGRES_KEY, attempt: POSTGRES_TRY, release: POSTGRES_RELEASE, holder: POSTGRES_HOLDER };

/// None where each transaction takes the write lock of the whole database when it begins.
fn lock_sql(dialect: Dialect) -> Option<&'static LockSql> {
    match dialect {
        Dialect::Postgres => Some(&POSTGRES),
        Dialect::Sqlite => None,
    }
}

/// A lock that is held.
pub(crate) struct Lock {
    sql: &'static LockSql,
    key: String,
}

impl Lock {
    /// Takes the lock of the dialect, if it has one, or gives up after `wait`.
    pub(crate) async fn acquire(target: &mut dyn Target, wait: Duration) -> Result<Option<Self>> {
        let Some(sql) = lock_sql(target.dialect()) else { return Ok(None) };
        let failed = |error| database_error("the lock of the migrations could not be taken", error);
        let key = first_cell(target.query(sql.key).await.map_err(failed)?).unwrap_or_default();
        let lock = Self { sql, key };
        let attempt = lock.fill(sql.attempt);
        let deadline = Instant::now() + wait;
        loop {
            if first_cell(target.query(&attempt).await.map_err(failed)?).as_deref() == Some("true") {
                return Ok(Some(lock));
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                let holder = first_cell(target.query(&lock.fill(sql.holder)).await.map_err(failed)?);
                return Err(held(wait, holder));
            }
            tokio::time::sleep(PAUSE.min(left)).await;
        }
    }

    /// Gives it back.
    pub(crate) async fn release(self, target: &mut dyn Target) -> Result<()> {
        let release = self.fill(self.sql.release);
        target
            .execute(&release)
            .await
            .map_err(|error| database_error("the lock of the migrations could not be given back", error))
    }

    fn fill(&self, template: &str) -> String {
        template.trim_start().replace("{key}", &self.key)
    }
}

fn held(wait: Duration, holder: Option<String>) -> MigrateError {
    let who = holder.map_or_else(String::new, |pid| format!(" (server process {pid})"));
    MigrateError::new(
        Kind::Locked,
        format!("another runner{who} is migrating this database, and has been for {wait:?}"),
        "wait for it and try again, or allow a longer wait",
    )
}
