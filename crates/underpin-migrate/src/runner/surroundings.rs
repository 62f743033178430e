//! What a revision may change of the session, and how it is brought back: the search path between two revisions, so
//! that one that empties it (as a dump does) does not lead the next astray, and everything at the end.

use super::database_error;
use super::target::Target;
use crate::{Dialect, Result};

const POSTGRES: &str = "
SELECT format('SELECT set_config(''search_path'', %L, false)', current_setting('search_path')),
       format('SELECT set_config(''search_path'', %L, false), set_config(''lock_timeout'', %L, false)',
              current_setting('search_path'), current_setting('lock_timeout'))";

/// The statements that bring a session back.
#[derive(Default)]
pub(crate) struct Surroundings {
    between: Option<String>,
    end: Option<String>,
}

impl Surroundings {
    pub(crate) async fn of(target: &mut dyn Target) -> Result<Self> {
        let query = match target.dialect() {
            Dialect::Postgres => POSTGRES,
            Dialect::Sqlite => return Ok(Self::default()),
        };
        let failed = |error| database_error("the settings of the session could not be read", error);
        let rows = target.query(query.trim_start()).await.map_err(failed)?;
        let mut cells = rows.into_iter().flatten();
        Ok(Self { between: cells.next().flatten(), end: cells.next().flatten() })
    }

    /// Between two revisions.
    pub(crate) async fn restore(&self, target: &mut dyn Target) -> Result<()> {
        restore(self.between.as_deref(), target).await
    }

    /// At the end of a run.
    pub(crate) async fn leave(&self, target: &mut dyn Target) -> Result<()> {
        restore(self.end.as_deref(), target).await
    }
}

async fn restore(sql: Option<&str>, target: &mut dyn Target) -> Result<()> {
    let Some(sql) = sql else { return Ok(()) };
    let failed = |error| database_error("the settings of the session could not be brought back", error);
    target.execute(sql).await.map_err(failed)
}
