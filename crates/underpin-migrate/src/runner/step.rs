//! Runs one revision, piece by piece. With each piece its progress is written down, in the same transaction wherever
//! the piece can run in one.

use std::time::Instant;

use super::failure::{Failure, blocked, failed, refused};
use super::leftover::{Verdict, judge};
use super::patience::Patience;
use super::report::Event;
use super::session::Session;
use crate::error::Kind;
use crate::journal::{Applied, check_prefix, prefix};
use crate::plan::{Effect, Unit, Work};
use crate::{MigrateError, Result, Statement, Step};

/// A step under way.
pub(super) struct Run<'s> {
    pub(super) step: &'s Step,
    began: Instant,
    /// What is written into the journal before the next piece.
    before: Option<String>,
    /// An earlier run may have done the next piece without having been able to write it down.
    attempted: bool,
    /// How far an earlier run has got with the next piece.
    pub(super) cursor: Option<String>,
    /// The row is in the journal already.
    has_row: bool,
}

impl Session<'_> {
    pub(super) async fn step(&mut self, step: &Step, row: Option<&Applied>) -> Result<()> {
        let row = row.filter(|row| row.state.is_unfinished());
        if let Some(row) = row {
            check_prefix(step, row)?;
        }
        let units = step.units(self.target.dialect(), row.map_or(0, |row| row.statements_done));
        let is_whole =
            row.is_none() && matches!(units.as_slice(), [] | [Unit { work: Work::Together(_), .. }]);
        let mut run = Run {
            step,
            began: Instant::now(),
            before: (row.is_none() && !is_whole).then(|| self.journal.sql.begin(step)),
            attempted: row.is_some(),
            cursor: row.and_then(|row| row.cursor.clone()),
            has_row: !is_whole,
        };
        if units.is_empty() {
            let nothing = Unit { first: step.total(), work: Work::Together(&[]) };
            return self.unit(&mut run, &nothing).await;
        }
        for unit in &units {
            self.unit(&mut run, unit).await?;
        }
        Ok(())
    }

    async fn unit(&mut self, run: &mut Run<'_>, unit: &Unit<'_>) -> Result<()> {
        if !matches!(unit.work, Work::Together(_)) {
            // What is not one transaction needs a row to write its progress into.
            self.write_before(run).await?;
        }
        match unit.work {
            Work::Together(statements) => self.together(run, unit, statements).await?,
            Work::Alone(statement) => self.alone(run, unit, statement).await?,
            Work::Batch(batch) => self.batch(run, unit, batch).await?,
            Work::Call { name, transaction, line } => self.call(run, unit, (name, line), transaction).await?,
        }
        run.before = None;
        run.attempted = false;
        run.cursor = None;
        Ok(())
    }

    async fn write_before(&mut self, run: &mut Run<'_>) -> Result<()> {
        if let Some(before) = run.before.take() {
            self.write_patiently(&[before]).await?;
        }
        Ok(())
    }

    /// What is written into the journal when a piece is done.
    pub(super) fn after(&self, run: &Run<'_>, unit: &Unit<'_>) -> String {
        let sql = &self.journal.sql;
        match (unit.end() < run.step.total(), run.has_row) {
            (true, _) => sql.progress(run.step, unit.end(), &prefix(run.step, unit.end())),
            (false, true) => sql.finish(run.step, Some(run.began.elapsed())),
            (false, false) => sql.whole(run.step, Some(run.began.elapsed())),
        }
    }

    /// Tries a piece again as long as somebody is in the way and there is patience left.
    pub(super) async fn again(
        &mut self,
        run: &Run<'_>,
        patience: &mut Patience,
        failure: Failure,
    ) -> Result<()> {
        if !failure.in_the_way {
            return Err(failure.error);
        }
        let holder = self.watch.holder.clone();
        let Some(pause) = patience.next() else {
            let seconds = patience.spent().as_secs();
            return Err(blocked(run.step, failure, patience.attempts(), seconds, holder.as_ref()));
        };
        self.settings.tell(&Event::Retrying {
            step: run.step,
            line: failure.line,
            attempt: patience.attempts(),
            pause,
            holder: holder.as_ref(),
        });
        tokio::time::sleep(pause).await;
        Ok(())
    }

    async fn together(&mut self, run: &Run<'_>, unit: &Unit<'_>, statements: &[Statement]) -> Result<()> {
        let mut patience = Patience::new(self.settings.retry_for);
        loop {
            match self.try_together(run, unit, statements).await {
                Ok(()) => return Ok(()),
                Err(failure) => self.again(run, &mut patience, failure).await?,
            }
        }
    }

    async fn try_together(
        &mut self,
        run: &Run<'_>,
        unit: &Unit<'_>,
        statements: &[Statement],
    ) -> Result<(), Failure> {
        self.begin(run.step).await?;
        let done = self.statements(run, unit, statements).await;
        self.end(run.step, done).await
    }

    async fn statements(
        &mut self,
        run: &Run<'_>,
        unit: &Unit<'_>,
        statements: &[Statement],
    ) -> Result<(), Failure> {
        if let Some(before) = &run.before {
            self.write(run.step, before).await?;
        }
        for (done, statement) in (unit.first + 1..).zip(statements) {
            self.run(run.step, unit, statement.text(), statement.line()).await?;
            let total = run.step.total();
            self.settings.tell(&Event::StatementDone { step: run.step, line: statement.line(), done, total });
        }
        let after = self.after(run, unit);
        self.write(run.step, &after).await
    }

    pub(super) async fn begin(&mut self, step: &Step) -> Result<(), Failure> {
        let begun = self.target.begin().await;
        self.waits.begun();
        begun.map_err(|error| failed(self.target, step, 0, "its transaction could not be begun", error))
    }

    /// Commits what went well and rolls back what did not.
    pub(super) async fn end(&mut self, step: &Step, done: Result<(), Failure>) -> Result<(), Failure> {
        match done {
            Ok(()) => {
                let committed = self.target.commit().await;
                self.waits.committed();
                committed.map_err(|error| failed(self.target, step, 0, "it could not be committed", error))
            }
            Err(failure) => {
                // What went wrong first is what matters; a connection that cannot roll back is of no use anyway.
                let _ = self.target.rollback().await;
                self.waits.rolled_back();
                Err(failure)
            }
        }
    }

    pub(super) async fn write(&mut self, step: &Step, sql: &str) -> Result<(), Failure> {
        let written = self.target.execute(sql).await;
        written.map_err(|error| failed(self.target, step, 0, JOURNAL, error))
    }

    /// Runs one statement of a revision.
    pub(super) async fn run(
        &mut self,
        step: &Step,
        unit: &Unit<'_>,
        sql: &str,
        line: usize,
    ) -> Result<(), Failure> {
        let effect = Effect::of_text(sql, self.target.dialect());
        let set = self.waits.before(self.target, &effect).await;
        set.map_err(|error| failed(self.target, step, line, "the time to wait could not be set", error))?;
        let settings = self.settings;
        let done = self.watch.during(self.target.execute(sql), |holder, waited| {
            settings.tell(&Event::Waiting { step, line, holder, waited });
        });
        done.await.map_err(|error| refused(self.target, step, unit, line, error))
    }

    /// Runs a statement that the database refuses inside a transaction. If nobody saw its end, what it leaves shows
    /// whether it was done.
    async fn alone(&mut self, run: &Run<'_>, unit: &Unit<'_>, statement: &Statement) -> Result<()> {
        let mut patience = Patience::new(self.settings.retry_for);
        let mut attempted = run.attempted;
        while let Err(failure) = self.try_alone(run, unit, statement, attempted).await {
            attempted = true;
            let is_refused = !failure.in_the_way;
            let again = self.again(run, &mut patience, failure).await;
            if again.is_err() && is_refused {
                // What a refused statement left behind helps nobody; the next run would clear it away, too.
                let _ = self.clear(run, unit, statement, false).await;
            }
            again?;
        }
        let total = run.step.total();
        let event = Event::StatementDone { step: run.step, line: statement.line(), done: unit.end(), total };
        self.settings.tell(&event);
        Ok(())
    }

    async fn try_alone(
        &mut self,
        run: &Run<'_>,
        unit: &Unit<'_>,
        statement: &Statement,
        attempted: bool,
    ) -> Result<(), Failure> {
        if !self.clear(run, unit, statement, attempted).await? {
            self.run(run.step, unit, statement.text(), statement.line()).await?;
        }
        let after = self.after(run, unit);
        self.write(run.step, &after).await
    }

    /// Clears away what an earlier attempt has left, and says whether nothing more is to be done.
    async fn clear(
        &mut self,
        run: &Run<'_>,
        unit: &Unit<'_>,
        statement: &Statement,
        attempted: bool,
    ) -> Result<bool, Failure> {
        let (step, line) = (run.step, statement.line());
        let effect = Effect::of(statement, self.target.dialect());
        let Some(leftover) = effect.leftover() else { return Ok(false) };
        let verdict = judge(self.target, leftover, attempted).await;
        let looked = "what an earlier attempt left could not be looked for";
        let (cleanings, is_done) =
            match verdict.map_err(|error| failed(self.target, step, line, looked, error))? {
                Verdict::Run(cleanings) => (cleanings, false),
                Verdict::Done(cleanings) => (cleanings, true),
                Verdict::InUse { what, pid } => return Err(in_use(step, line, &what, &pid)),
            };
        for cleaning in cleanings {
            self.settings.tell(&Event::CleanedUp { step, line, what: &cleaning.what });
            self.run(step, unit, &cleaning.sql, line).await?;
        }
        Ok(is_done)
    }
}

const JOURNAL: &str = "the journal could not be written";

fn in_use(step: &Step, line: usize, what: &str, pid: &str) -> Failure {
    let error = MigrateError::new(
        Kind::Blocked,
        format!("the {what} is being built by another session (server process {pid})"),
        "wait for it, or end it, then run this again",
    )
    .in_file(step.file())
    .at_line(line);
    Failure { error, line, in_the_way: true }
}
