//! One run on one connection, from taking the lock to giving it back, and the steps of a plan in between.

use std::time::{Duration, Instant};

use super::journal::Journal;
use super::lock::Lock;
use super::target::Target;
use super::{database_error, first_cell};
use crate::error::Kind;
use crate::journal::{self, Applied};
use crate::{Dialect, Direction, DriverError, MigrateError, Plan, Result, Stage, Statement, Step};

/// A statement that brings the search path back to what it was, so that a revision that changes it (as a dump does)
/// does not change where the next one works.
const POSTGRES_SEARCH_PATH: &str = "
SELECT format('SELECT set_config(''search_path'', %L, false)', current_setting('search_path'))";

fn restore_query(dialect: Dialect) -> Option<&'static str> {
    match dialect {
        Dialect::Postgres => Some(POSTGRES_SEARCH_PATH),
        Dialect::Sqlite => None,
    }
}

/// A run: the lock is held from its beginning to its end.
pub(crate) struct Session<'t> {
    target: &'t mut dyn Target,
    journal: Journal,
    lock: Option<Lock>,
    restore: Option<String>,
}

impl<'t> Session<'t> {
    pub(crate) async fn open(
        target: &'t mut dyn Target,
        wait: Duration,
        applied_by: Option<&str>,
    ) -> Result<Session<'t>> {
        let journal = Journal::locate(target, applied_by).await?;
        let restore = match restore_query(target.dialect()) {
            None => None,
            Some(query) => {
                let failed = |error| database_error("the search path could not be read", error);
                first_cell(target.query(query.trim_start()).await.map_err(failed)?)
            }
        };
        let lock = Lock::acquire(target, wait).await?;
        Ok(Self { target, journal, lock, restore })
    }

    /// Leaves the connection as it was found. What went wrong before matters more than what goes wrong now.
    pub(crate) async fn close<T>(mut self, outcome: Result<T>) -> Result<T> {
        let restored = self.restore_surroundings().await;
        let released = match self.lock.take() {
            Some(lock) => lock.release(self.target).await,
            None => Ok(()),
        };
        let value = outcome?;
        restored.and(released).map(|()| value)
    }

    pub(crate) fn dialect(&self) -> Dialect {
        self.target.dialect()
    }

    pub(crate) async fn applied(&mut self) -> Result<Vec<Applied>> {
        self.journal.read(self.target).await
    }

    /// Runs the steps of a plan, each of which finds exactly what the plan says, or is not run.
    pub(crate) async fn execute(&mut self, plan: &Plan) -> Result<()> {
        if plan.is_empty() {
            return Ok(());
        }
        self.journal.create(self.target).await?;
        let mut expected = plan.applied().to_vec();
        for step in plan.steps() {
            self.step(step, &expected).await?;
            match step.direction() {
                Direction::Upgrade => expected.push(step.revision().to_owned()),
                Direction::Downgrade => expected.retain(|id| id != step.revision()),
            }
            self.restore_surroundings().await?;
        }
        Ok(())
    }

    /// Runs one revision. Its row is begun in its first transaction and finished in its last, which are the same
    /// one unless it has statements that must stand outside of any.
    async fn step(&mut self, step: &Step, expected: &[String]) -> Result<()> {
        let start = Instant::now();
        let leading = step.stages().first().filter(|stage| stage.is_transactional());
        let rest = step.stages().get(usize::from(leading.is_some())..).unwrap_or_default();
        self.transaction(step, Some(expected), leading, rest.is_empty().then_some(start)).await?;
        for (index, stage) in rest.iter().enumerate() {
            let finish = (index + 1 == rest.len()).then_some(start);
            if stage.is_transactional() {
                self.transaction(step, None, Some(stage), finish).await?;
            } else {
                self.work(step, None, Some(stage), finish).await?;
            }
        }
        Ok(())
    }

    /// Does a part of a revision in one transaction.
    async fn transaction(
        &mut self,
        step: &Step,
        opening: Option<&[String]>,
        stage: Option<&Stage>,
        finish: Option<Instant>,
    ) -> Result<()> {
        self.target
            .begin()
            .await
            .map_err(|error| failed(step, "its transaction could not be begun", error))?;
        match self.work(step, opening, stage, finish).await {
            Ok(()) => {
                self.target.commit().await.map_err(|error| failed(step, "it could not be committed", error))
            }
            Err(error) => {
                // What went wrong first is what matters; a connection that cannot roll back is of no use anyway.
                let _ = self.target.rollback().await;
                Err(error)
            }
        }
    }

    /// Begins the row of a revision if what is applied is as expected, runs statements, and finishes the row.
    async fn work(
        &mut self,
        step: &Step,
        opening: Option<&[String]>,
        stage: Option<&Stage>,
        finish: Option<Instant>,
    ) -> Result<()> {
        if let Some(expected) = opening {
            self.check_unchanged(expected).await?;
            let begin = self.journal.sql.begin(step.direction(), step.revision(), step.checksum());
            self.write(step, &begin).await?;
        }
        if let Some(stage) = stage {
            for statement in stage.statements() {
                let done = self.target.execute(statement.text()).await;
                done.map_err(|error| refused(step, stage, statement, error))?;
            }
        }
        if let Some(start) = finish {
            let took = start.elapsed().as_millis();
            self.write(step, &self.journal.sql.finish(step.direction(), step.revision(), took)).await?;
        }
        Ok(())
    }

    async fn write(&mut self, step: &Step, sql: &str) -> Result<()> {
        self.target
            .execute(sql)
            .await
            .map_err(|error| failed(step, "the journal could not be written", error))
    }

    /// Says that another runner was faster, if it was.
    async fn check_unchanged(&mut self, expected: &[String]) -> Result<()> {
        let applied = self.applied().await?;
        journal::check_finished(&applied)?;
        let ids = journal::identifiers(&applied);
        if ids.len() == expected.len() && expected.iter().all(|id| ids.contains(id.as_str())) {
            return Ok(());
        }
        Err(MigrateError::new(
            Kind::Stale,
            "another runner has changed what is applied since the plan was made",
            "make a new plan",
        ))
    }

    async fn restore_surroundings(&mut self) -> Result<()> {
        let Some(restore) = &self.restore else { return Ok(()) };
        let failed = |error| database_error("the search path could not be brought back", error);
        self.target.execute(restore).await.map_err(failed)
    }
}

fn failed(step: &Step, what: &str, error: DriverError) -> MigrateError {
    let problem = format!("the {} of `{}` failed: {what}", step.direction(), step.revision());
    MigrateError::new(Kind::Database, problem, "see the cause; what was done before it stays")
        .in_file(step.file())
        .caused_by(error)
}

fn refused(step: &Step, stage: &Stage, statement: &Statement, error: DriverError) -> MigrateError {
    let problem = format!("the {} of `{}` failed at this statement", step.direction(), step.revision());
    let hint = if stage.is_transactional() && step.stages().len() == 1 {
        "see the cause; nothing of this revision was kept, and the revisions before it stay"
    } else {
        "see the cause; the statements above it that ran in another transaction or in none were kept"
    };
    MigrateError::new(Kind::Database, problem, hint)
        .in_file(step.file())
        .at_line(statement.line())
        .caused_by(error)
}
