//! Finds, creates and reads the journal of the database on the other end of a connection.

use super::target::Target;
use super::{database_error, first_cell};
use crate::error::Kind;
use crate::journal::{Applied, COLUMNS, JournalSql, Place};
use crate::{MigrateError, Result};

/// The journal of a connection's database.
pub(crate) struct Journal {
    /// What is written into it.
    pub(super) sql: JournalSql,
    columns: &'static str,
    /// Whether it was there when it was read last.
    exists: bool,
}

impl Journal {
    pub(crate) async fn locate(target: &mut dyn Target, applied_by: Option<&str>) -> Result<Self> {
        let place = Place::of(target.dialect());
        let schema = match place.schema {
            None => None,
            Some(query) => {
                let failed = |error| database_error("the schema of the journal could not be read", error);
                let schema = first_cell(target.query(query.trim_start()).await.map_err(failed)?);
                Some(schema.ok_or_else(|| {
                    MigrateError::new(
                        Kind::Journal,
                        "the connection has no current schema, so there is no place for the journal",
                        "create the schema that the search path names",
                    )
                })?)
            }
        };
        let sql = JournalSql::new(target.dialect(), schema.as_deref(), applied_by);
        Ok(Self { sql, columns: place.columns, exists: false })
    }

    /// The statement that creates it, if it is not there.
    pub(crate) fn create(&self) -> Option<String> {
        (!self.exists).then(|| self.sql.create())
    }

    /// The rows; none if there is no journal yet.
    pub(crate) async fn read(&mut self, target: &mut dyn Target) -> Result<Vec<Applied>> {
        let failed = |error| database_error("the journal could not be read", error);
        let columns = target.query(self.columns.trim_start()).await.map_err(failed)?;
        let columns: Vec<String> = columns.into_iter().flatten().flatten().collect();
        if columns.is_empty() {
            return Ok(Vec::new());
        }
        self.check_shape(&columns)?;
        self.exists = true;
        let rows = target.query(&self.sql.read()).await.map_err(failed)?;
        rows.into_iter().map(|row| Applied::of_row(row).ok_or_else(unreadable)).collect()
    }

    /// Refuses a journal of another version.
    fn check_shape(&self, columns: &[String]) -> Result<()> {
        let unknown: Vec<_> =
            columns.iter().map(String::as_str).filter(|name| !COLUMNS.contains(name)).collect();
        if !unknown.is_empty() {
            return Err(MigrateError::new(
                Kind::Journal,
                format!(
                    "the journal {} was made by a newer version: this one does not know its column {}",
                    self.sql.table(),
                    unknown.join(", ")
                ),
                "use the newer version",
            ));
        }
        let missing: Vec<_> =
            COLUMNS.into_iter().filter(|name| !columns.iter().any(|there| there == name)).collect();
        if !missing.is_empty() {
            return Err(MigrateError::new(
                Kind::Journal,
                format!(
                    "the table {} is no journal, or one of an older version: it has no column {}",
                    self.sql.table(),
                    missing.join(", ")
                ),
                "rename the table, run this again, and `stamp` the revision at which the database is",
            ));
        }
        Ok(())
    }
}

fn unreadable() -> MigrateError {
    MigrateError::new(
        Kind::Journal,
        "a row of underpin_revisions cannot be read",
        "see what has written it; a newer version may know states that this one does not",
    )
}
