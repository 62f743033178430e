//! Carries out plans on a database.

mod batch;
mod call;
mod connection;
mod context;
mod failure;
mod journal;
mod leftover;
mod lock;
mod mask;
mod patience;
mod planning;
mod preflight;
mod report;
mod session;
mod settings;
mod step;
mod surroundings;
mod target;
mod waits;
mod watch;

use std::time::Duration;

pub use self::connection::ConnectionTarget;
pub use self::context::Context;
use self::journal::Journal;
use self::planning::stale;
pub use self::report::{Event, Holder, Report};
use self::session::Session;
use self::settings::Settings;
pub use self::target::{Observer, Target, TargetFuture, TextRows};
use crate::error::Kind;
use crate::journal::Applied;
use crate::{Destination, Direction, DriverError, Functions, Graph, MigrateError, Plan, Result};

/// Brings databases to a revision of a graph.
///
/// Each revision commits together with its row in the table `underpin_revisions`. One that has sections outside of a
/// transaction is marked there as begun, and with each of its statements how far it has got, so that a run that was
/// cut off is resumed at the exact statement.
#[derive(Debug, Clone)]
pub struct Runner<'g> {
    graph: &'g Graph,
    settings: Settings<'g>,
}

impl<'g> Runner<'g> {
    /// A runner that waits up to 60 seconds for another one, lets statements that stop others wait 500 milliseconds
    /// for their locks, and tries again for 5 minutes.
    #[must_use]
    pub fn new(graph: &'g Graph) -> Self {
        Self { graph, settings: Settings::default() }
    }

    /// Sets how long to wait for another runner. The lock is one of the session on PostgreSQL, and one of the operating
    /// system on SQLite, on an empty file beside the database, `app.db.migrating`, which stays. It ends with its owner.
    #[must_use]
    pub fn lock_wait(mut self, wait: Duration) -> Self {
        self.settings.lock_wait = wait;
        self
    }

    /// Sets how long a statement that stops others (most that change the schema) may wait for its locks on PostgreSQL,
    /// because everybody else queues up behind it meanwhile. Statements that stop nobody, as CREATE INDEX CONCURRENTLY
    /// or UPDATE, wait as long as it takes. On SQLite the connection's busy timeout counts.
    #[must_use]
    pub fn lock_timeout(mut self, timeout: Duration) -> Self {
        self.settings.lock_timeout = timeout;
        self
    }

    /// Sets how long to try again, after random pauses, while somebody is in the way. What was begun is rolled back
    /// before each attempt.
    #[must_use]
    pub fn retry_for(mut self, time: Duration) -> Self {
        self.settings.retry_for = time;
        self
    }

    /// Sets who is written into the journal; otherwise it is the database's user, if it has users.
    #[must_use]
    pub fn applied_by(mut self, who: impl Into<String>) -> Self {
        self.settings.applied_by = Some(who.into());
        self
    }

    /// Sets the functions that revisions may call.
    #[must_use]
    pub fn functions(mut self, functions: Functions) -> Self {
        self.settings.functions = functions;
        self
    }

    /// Sets who hears of what happens.
    #[must_use]
    pub fn report(mut self, report: &'g dyn Report) -> Self {
        self.settings.report = Some(report);
        self
    }

    /// The rows of the journal, in the order in which they were begun. Writes nothing; a database without a journal has
    /// none.
    ///
    /// # Errors
    /// A journal that cannot be read, or that a newer version made.
    pub async fn applied(&self, target: &mut dyn Target) -> Result<Vec<Applied>> {
        Journal::locate(target, self.settings.applied_by.as_deref()).await?.read(target).await
    }

    /// Plans an upgrade of this database. Writes nothing and takes no lock.
    ///
    /// # Errors
    /// A journal that cannot be read, or that does not fit the files; a destination that cannot be reached that way.
    pub async fn plan_upgrade(&self, target: &mut dyn Target, to: &Destination) -> Result<Plan> {
        let rows = self.applied(target).await?;
        self.plan(target, &rows, Direction::Upgrade, to)
    }

    /// Plans a downgrade of this database. Writes nothing and takes no lock.
    ///
    /// # Errors
    /// Those of [`Runner::plan_upgrade`]; a revision that has no downgrade.
    pub async fn plan_downgrade(&self, target: &mut dyn Target, to: &Destination) -> Result<Plan> {
        let rows = self.applied(target).await?;
        self.plan(target, &rows, Direction::Downgrade, to)
    }

    /// Plans to write into the journal that this database is at these destinations, without running anything. With
    /// `purge`, everything that the journal has is taken out of it first, known or not.
    ///
    /// # Errors
    /// A journal that cannot be read; without `purge`, one with revisions that no file is; a destination that is
    /// unknown.
    pub async fn plan_stamp(&self, target: &mut dyn Target, to: &[Destination], purge: bool) -> Result<Plan> {
        let rows = self.applied(target).await?;
        self.stamp_of(target, &rows, to, purge)
    }

    /// Carries out a plan, if what is applied is still what it was when the plan was made.
    ///
    /// # Errors
    /// A plan for another dialect, or one that is stale; a function that is not registered, before anything is begun; a
    /// lock that is not free in time; a statement that the database refuses. The revisions before that stay applied.
    pub async fn execute(&self, target: &mut dyn Target, plan: &Plan) -> Result<()> {
        if plan.dialect() != target.dialect() {
            let problem = format!("the plan is for {}, the database is {}", plan.dialect(), target.dialect());
            return Err(MigrateError::new(Kind::Destination, problem, "make a plan for this database"));
        }
        if plan.is_empty() {
            return Ok(());
        }
        let mut session = Session::open(target, &self.settings).await?;
        let outcome = async {
            let rows = session.rows().await?;
            self.check_current(plan, &rows)?;
            session.execute(plan, &rows).await
        };
        let outcome = outcome.await;
        session.close(outcome).await
    }

    /// Applies what is missing up to a destination, and returns what was planned and done.
    ///
    /// # Errors
    /// Those of [`Runner::plan_upgrade`] and [`Runner::execute`].
    pub async fn upgrade(&self, target: &mut dyn Target, to: &Destination) -> Result<Plan> {
        self.migrate(target, Direction::Upgrade, to).await
    }

    /// Undoes what stands above a destination, and returns what was planned and done.
    ///
    /// # Errors
    /// Those of [`Runner::plan_downgrade`] and [`Runner::execute`].
    pub async fn downgrade(&self, target: &mut dyn Target, to: &Destination) -> Result<Plan> {
        self.migrate(target, Direction::Downgrade, to).await
    }

    /// Writes into the journal that this database is at these destinations, and returns what was planned and done.
    ///
    /// # Errors
    /// Those of [`Runner::plan_stamp`] and [`Runner::execute`].
    pub async fn stamp(&self, target: &mut dyn Target, to: &[Destination], purge: bool) -> Result<Plan> {
        let mut session = Session::open(target, &self.settings).await?;
        let outcome = async {
            let rows = session.rows().await?;
            let plan = self.stamp_of(session.target, &rows, to, purge)?;
            session.execute(&plan, &rows).await?;
            Ok(plan)
        };
        let outcome = outcome.await;
        session.close(outcome).await
    }

    /// Takes the files as they are now for what was applied, and returns the revisions whose rows that has changed. Do
    /// this after a review only. Without identifiers it is done for every revision.
    ///
    /// # Errors
    /// A journal that cannot be read; an identifier that is not in it, or for which there is no file.
    pub async fn repair(&self, target: &mut dyn Target, ids: &[&str]) -> Result<Vec<String>> {
        let mut session = Session::open(target, &self.settings).await?;
        let outcome = async {
            let rows = session.rows().await?;
            let repairs = self.repairs(session.target, &rows, ids)?;
            let sql: Vec<_> = repairs
                .iter()
                .map(|(revision, prefix)| {
                    session.journal.sql.repair(revision.id(), revision.checksum(), prefix.as_deref())
                })
                .collect();
            if !sql.is_empty() {
                session.write_patiently(&sql).await?;
            }
            Ok(repairs.into_iter().map(|(revision, _)| revision.id().to_owned()).collect())
        };
        let outcome = outcome.await;
        session.close(outcome).await
    }

    async fn migrate(&self, target: &mut dyn Target, direction: Direction, to: &Destination) -> Result<Plan> {
        let rows = self.applied(target).await?;
        let early = match self.plan(target, &rows, direction, to) {
            Ok(plan) if plan.is_empty() => return Ok(plan),
            Ok(plan) => Some(plan),
            // What is not finished may be under way right now; who has the lock knows.
            Err(error) if error.is_unfinished() => None,
            Err(error) => return Err(error),
        };
        let mut session = Session::open(target, &self.settings).await?;
        let outcome = async {
            // Another runner may have been at it until now.
            let rows = session.rows().await?;
            let plan = self.plan(session.target, &rows, direction, to)?;
            let is_moved = early.is_some_and(|early| early.heads_before() != plan.heads_before());
            if is_moved && !to.is_absolute() {
                return Err(stale());
            }
            session.execute(&plan, &rows).await?;
            Ok(plan)
        };
        let outcome = outcome.await;
        session.close(outcome).await
    }
}

fn database_error(what: &str, error: DriverError) -> MigrateError {
    MigrateError::new(Kind::Database, what, "see the cause").caused_by(error)
}

/// The first column of the first row.
fn first_cell(rows: TextRows) -> Option<String> {
    rows.into_iter().next()?.into_iter().next()?
}
