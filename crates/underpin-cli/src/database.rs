//! A connection to the database whose revisions are at stake.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use underpin::driver::{ConnectOptions, Driver};
use underpin::migrate::{ConnectionTarget, Target};

use crate::error::{Error, Result};
use crate::url;

const SCHEMAS: &str = "
SELECT CAST(nspname AS text)
FROM pg_catalog.pg_namespace
WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'
ORDER BY nspname";

/// How long to wait for the last connection to come back before all are closed.
const PATIENCE: Duration = Duration::from_secs(1);

/// The beginning of an SQLite file, and the byte of it that says how it is written to: 2 for a write-ahead log.
const SQLITE_HEADER: usize = 20;
const SQLITE_WRITE_VERSION: usize = 18;
const SQLITE_LOGS_AHEAD: u8 = 2;

/// What a connection is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Looking only: nothing is created, not even a file.
    Look,
    /// Changing what is there: an SQLite file that is not there counts as empty, and is not created.
    Change,
    /// Building up: an SQLite file that is not there is created.
    Create,
}

/// Where one run takes place: a database, or a schema of one.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// Its name in reports.
    pub(crate) name: String,
    pub(crate) url: String,
    pub(crate) schema: Option<String>,
}

impl Place {
    /// A database where its URL says.
    pub(crate) fn of_url(url: impl Into<String>) -> Self {
        let url = url.into();
        Self { name: url::shown(&url), url, schema: None }
    }

    /// Does something on a connection, and closes the database in good order.
    ///
    /// # Errors
    /// A wrong URL; a schema that does not exist; a database that does not answer; those of the work.
    pub(crate) async fn with<T>(
        &self,
        purpose: Purpose,
        work: impl AsyncFnOnce(&mut ConnectionTarget) -> Result<T>,
    ) -> Result<T> {
        let driver = driver(&self.url_for(purpose)?).await?;
        let done = self.on(Arc::clone(&driver), work).await;
        close(driver.as_ref()).await;
        done
    }

    /// Does something on a pool, and closes the database in good order.
    ///
    /// # Errors
    /// A wrong URL; a database that does not answer; those of the work.
    pub(crate) async fn with_driver<T>(
        &self,
        purpose: Purpose,
        work: impl AsyncFnOnce(Arc<dyn Driver>) -> Result<T>,
    ) -> Result<T> {
        let driver = driver(&self.url_for(purpose)?).await?;
        let done = work(Arc::clone(&driver)).await;
        close(driver.as_ref()).await;
        done
    }

    async fn on<T>(
        &self,
        driver: Arc<dyn Driver>,
        work: impl AsyncFnOnce(&mut ConnectionTarget) -> Result<T>,
    ) -> Result<T> {
        let mut target = ConnectionTarget::acquire(driver).await?;
        if let Some(schema) = &self.schema {
            choose(&mut target, schema).await?;
        }
        Box::pin(work(&mut target)).await
    }

    fn url_for(&self, purpose: Purpose) -> Result<String> {
        url::dialect(&self.url)?;
        let file = url::file(&self.url);
        let is_missing = file.as_ref().is_some_and(|file| !file.exists());
        Ok(match purpose {
            Purpose::Look | Purpose::Change if is_missing => "sqlite::memory:".to_owned(),
            Purpose::Look => match file {
                Some(file) => url::with_option(&self.url, "mode", mode_for_looking(&file)),
                None => self.url.clone(),
            },
            _ => self.url.clone(),
        })
    }
}

/// Opened for writing, a file is switched to a write-ahead log; one that has that already must be opened so to be left
/// without the log's files beside it.
fn mode_for_looking(file: &Path) -> &'static str {
    let may_write = fs::metadata(file).is_ok_and(|metadata| !metadata.permissions().readonly());
    let mut header = [0; SQLITE_HEADER];
    let read = File::open(file).and_then(|mut file| file.read_exact(&mut header));
    let has_log = read.is_ok() && header.get(SQLITE_WRITE_VERSION) == Some(&SQLITE_LOGS_AHEAD);
    if may_write && has_log { "rw" } else { "ro" }
}

/// Closes the connections, once the last is back in the pool: so an SQLite file is left without files beside it.
async fn close(driver: &dyn Driver) {
    let deadline = Instant::now() + PATIENCE;
    while driver.status().idle < driver.status().open && Instant::now() < deadline {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    driver.close().await;
}

/// Works in a schema of PostgreSQL and in no other, so that what it lacks is not found elsewhere.
async fn choose(target: &mut ConnectionTarget, schema: &String) -> Result<()> {
    if !schemas(target).await?.contains(schema) {
        return Err(Error::database(
            format!("there is no schema {schema}"),
            "create it, or correct --each; a pattern like 'tenant_*' takes those that exist",
        ));
    }
    let search_path = format!("SET search_path TO \"{}\"", schema.replace('"', "\"\""));
    target.execute(&search_path).await.map_err(|error| refused("the schema cannot be chosen", &error))
}

/// The names of the schemas that are not the system's own.
///
/// # Errors
/// A database that does not answer.
pub(crate) async fn schemas(target: &mut ConnectionTarget) -> Result<Vec<String>> {
    let rows = target.query(SCHEMAS.trim_start()).await;
    let rows = rows.map_err(|error| refused("the schemas cannot be listed", &error))?;
    Ok(rows.into_iter().flatten().flatten().collect())
}

async fn driver(url: &str) -> Result<Arc<dyn Driver>> {
    // One connection for the work, one to see who is in its way.
    let options = ConnectOptions::parse(url)?.pool_size(2, 0);
    Ok(underpin::connect_driver(options).await?)
}

fn refused(what: &str, error: &underpin::migrate::DriverError) -> Error {
    Error::database(what, "see what the database says, and try again").because(error.to_string())
}
