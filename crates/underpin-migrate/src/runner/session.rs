//! One run on one connection, from taking the lock to giving it back.

use super::database_error;
use super::journal::Journal;
use super::lock::Lock;
use super::patience::Patience;
use super::preflight::preflight;
use super::report::Event;
use super::settings::Settings;
use super::surroundings::Surroundings;
use super::target::Target;
use super::waits::Waits;
use super::watch::Watch;
use crate::error::Kind;
use crate::journal::Applied;
use crate::plan::Effect;
use crate::{DriverError, MigrateError, Plan, Result, Step, StepDirection};

/// A run: the lock is held from its beginning to its end, so that nobody else changes what is applied.
pub(crate) struct Session<'s> {
    pub(super) target: &'s mut dyn Target,
    pub(super) settings: &'s Settings<'s>,
    pub(super) journal: Journal,
    pub(super) watch: Watch,
    pub(super) waits: Waits,
    surroundings: Surroundings,
    lock: Lock,
}

impl<'s> Session<'s> {
    pub(crate) async fn open(target: &'s mut dyn Target, settings: &'s Settings<'s>) -> Result<Session<'s>> {
        let journal = Journal::locate(target, settings.applied_by.as_deref()).await?;
        let surroundings = Surroundings::of(target).await?;
        let lock = Lock::acquire(target, settings).await?;
        // From here on an error must give the lock back.
        match Watch::of(target, settings.lock_timeout).await {
            Ok(watch) => {
                let waits = Waits::new(target.dialect(), settings.lock_timeout);
                Ok(Self { target, settings, journal, watch, waits, surroundings, lock })
            }
            Err(error) => {
                let _ = lock.release(target).await;
                Err(error)
            }
        }
    }

    /// Leaves the connection as it was found. What went wrong before matters more than what goes wrong now.
    pub(crate) async fn close<T>(self, outcome: Result<T>) -> Result<T> {
        let restored = self.surroundings.leave(self.target).await;
        let released = self.lock.release(self.target).await;
        let value = outcome?;
        restored.and(released).map(|()| value)
    }

    pub(crate) async fn rows(&mut self) -> Result<Vec<Applied>> {
        self.journal.read(self.target).await
    }

    /// Runs the steps of a plan that was made for these rows.
    pub(crate) async fn execute(&mut self, plan: &Plan, rows: &[Applied]) -> Result<()> {
        if plan.is_empty() {
            return Ok(());
        }
        preflight(plan, self.settings)?;
        if let Some(create) = self.journal.create() {
            self.write_patiently(&[create]).await?;
        }
        if plan.is_purge() {
            return self.purge_and_stamp(plan).await;
        }
        for (number, step) in (1..).zip(plan.steps()) {
            let row = rows.iter().find(|row| row.revision == step.revision());
            let done = row.filter(|row| row.state.is_unfinished()).map_or(0, |row| row.statements_done);
            self.settings.tell(&Event::StepStarted { step, number, of: plan.steps().len(), done });
            let began = std::time::Instant::now();
            match step.direction() {
                StepDirection::Stamp => self.stamp(step).await?,
                StepDirection::Up | StepDirection::Down => self.step(step, row).await?,
            }
            self.settings.tell(&Event::StepFinished { step, took: began.elapsed() });
            if self.changes_settings(step) {
                self.waits.forget();
                self.surroundings.restore(self.target).await?;
            }
        }
        Ok(())
    }

    fn changes_settings(&self, step: &Step) -> bool {
        let dialect = self.target.dialect();
        step.stages().iter().any(|stage| match stage {
            crate::Stage::Call { .. } => true,
            _ => stage.statements().iter().any(|one| Effect::of(one, dialect).changes_settings()),
        })
    }

    async fn stamp(&mut self, step: &Step) -> Result<()> {
        let sql = step.removed().iter().map(|id| self.journal.sql.remove(id));
        let sql: Vec<_> = sql.chain(step.rows().iter().map(|row| self.journal.sql.stamp(row))).collect();
        self.write_patiently(&sql).await
    }

    async fn purge_and_stamp(&mut self, plan: &Plan) -> Result<()> {
        let rows = plan.steps().iter().flat_map(Step::rows);
        let mut sql = vec![self.journal.sql.purge()];
        sql.extend(rows.map(|row| self.journal.sql.stamp(row)));
        self.write_patiently(&sql).await
    }

    /// Changes the journal in one transaction, again and again while somebody is in the way.
    pub(super) async fn write_patiently(&mut self, sql: &[String]) -> Result<()> {
        let mut patience = Patience::new(self.settings.retry_for);
        loop {
            let Err(error) = self.try_write(sql).await else { return Ok(()) };
            let what = "the journal could not be written";
            if !self.target.is_in_the_way(&error) {
                return Err(database_error(what, error));
            }
            let Some(pause) = patience.next() else {
                let problem = format!("{what}: somebody else keeps the database locked");
                let hint = "end what is in the way or wait for it, then run this again";
                return Err(MigrateError::new(Kind::Blocked, problem, hint).caused_by(error));
            };
            tokio::time::sleep(pause).await;
        }
    }

    async fn try_write(&mut self, sql: &[String]) -> Result<(), DriverError> {
        self.target.begin().await?;
        for sql in sql {
            if let Err(error) = self.target.execute(sql).await {
                let _ = self.target.rollback().await;
                return Err(error);
            }
        }
        let committed = self.target.commit().await;
        if committed.is_err() {
            let _ = self.target.rollback().await;
        }
        committed
    }
}
