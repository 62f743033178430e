//! Finds, creates and reads the journal of the database on the other end of a connection.

use super::target::Target;
use super::{database_error, first_cell};
use crate::error::Kind;
use crate::journal::{Applied, JournalSql, Place};
use crate::{MigrateError, Result};

/// The journal of a connection's database.
pub(crate) struct Journal {
    /// What is written into it.
    pub(super) sql: JournalSql,
    exists: &'static str,
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
        Ok(Self {
            sql: JournalSql::new(target.dialect(), schema.as_deref(), applied_by),
            exists: place.exists,
        })
    }

    /// Creates it if it is not there.
    pub(crate) async fn create(&self, target: &mut dyn Target) -> Result<()> {
        let failed = |error| database_error("the journal could not be created", error);
        target.execute(&self.sql.create()).await.map_err(failed)
    }

    /// The rows; none if there is no journal yet.
    pub(crate) async fn read(&self, target: &mut dyn Target) -> Result<Vec<Applied>> {
        let failed = |error| database_error("the journal could not be read", error);
        if target.query(self.exists.trim_start()).await.map_err(failed)?.is_empty() {
            return Ok(Vec::new());
        }
        let rows = target.query(&self.sql.read()).await.map_err(failed)?;
        rows.into_iter()
            .map(|row| {
                Applied::of_row(row).ok_or_else(|| {
                    MigrateError::new(
                        Kind::Journal,
                        "a row of underpin_revisions cannot be read",
                        "check that the table is the one that a runner made, and no newer",
                    )
                })
            })
            .collect()
    }
}
