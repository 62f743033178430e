//! PostgreSQL's advisory lock of the session.
//!
//! It is tried again and again, never waited for inside the database: a statement that waits holds a snapshot, and
//! CREATE INDEX CONCURRENTLY of the runner that has the lock would wait for that snapshot.

use super::super::database_error;
use super::super::target::Target;
use super::super::watch::holder_of_row;
use super::Attempt;
use crate::Result;

// The first number says that it is our lock, the second is the schema of the journal: tenants with a schema each do
// not wait for each other. Databases have locks of their own anyway.

const TRY: &str = "
SELECT CAST(pg_try_advisory_lock(1970170992, hashtext(coalesce(current_schema(), ''))) AS text),
       CAST(hashtext(coalesce(current_schema(), '')) AS text)";

const RELEASE: &str = "
SELECT pg_advisory_unlock(1970170992, {key})";

const HOLDER: &str = "
SELECT CAST(locks.pid AS text), activity.query,
       CAST(CAST(extract(epoch FROM clock_timestamp() - coalesce(activity.xact_start, activity.backend_start)) AS bigint) AS text),
       activity.application_name
FROM pg_catalog.pg_locks AS locks
LEFT JOIN pg_catalog.pg_stat_activity AS activity ON activity.pid = locks.pid
WHERE locks.locktype = 'advisory' AND locks.granted AND locks.classid = 1970170992
  AND locks.objid = CAST(hashtext(coalesce(current_schema(), '')) AS oid)
  AND locks.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())";

/// The lock of a session.
pub(crate) struct AdvisoryLock {
    key: String,
}

impl AdvisoryLock {
    pub(super) async fn attempt(target: &mut dyn Target) -> Result<Attempt<Self>> {
        let failed = |error| database_error("the lock of the migrations could not be taken", error);
        let mut answer = target.query(TRY.trim_start()).await.map_err(failed)?.into_iter().flatten();
        let is_taken = answer.next().flatten().as_deref() == Some("true");
        if is_taken {
            return Ok(Attempt::Taken(Self { key: answer.next().flatten().unwrap_or_default() }));
        }
        let rows = target.query(HOLDER.trim_start()).await.map_err(failed)?;
        Ok(Attempt::Held(rows.into_iter().next().map(holder_of_row)))
    }

    pub(super) async fn release(self, target: &mut dyn Target) -> Result<()> {
        let release = RELEASE.trim_start().replace("{key}", &self.key);
        target
            .execute(&release)
            .await
            .map_err(|error| database_error("the lock of the migrations could not be given back", error))
    }
}
