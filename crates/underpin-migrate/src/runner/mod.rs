//! Carries out plans on a database.

mod connection;
mod journal;
mod lock;
mod session;
mod target;

use std::time::Duration;

pub use self::connection::ConnectionTarget;
use self::journal::Journal;
use self::session::Session;
pub use self::target::{Target, TargetFuture};
use crate::error::Kind;
use crate::journal::Applied;
use crate::{Destination, Direction, DriverError, Graph, MigrateError, Plan, Result};

/// How long a runner waits for another one.
const LOCK_WAIT: Duration = Duration::from_secs(60);

/// How often a plan is made anew because another runner was faster; each time that other one got on.
const REPLANS: usize = 100;

/// Brings databases to a revision of a history.
///
/// Each revision commits together with its row in the table `underpin_revisions`; one that has sections outside of a
/// transaction is marked there as begun before them and as finished behind them.
#[derive(Debug, Clone)]
pub struct Runner<'h> {
    history: &'h Graph,
    lock_wait: Duration,
    applied_by: Option<String>,
}

impl<'h> Runner<'h> {
    /// A runner that waits up to 60 seconds for another one.
    #[must_use]
    pub fn new(history: &'h Graph) -> Self {
        Self { history, lock_wait: LOCK_WAIT, applied_by: None }
    }

    /// Sets how long to wait for another runner where the database has a lock for that (PostgreSQL); elsewhere the
    /// connection's busy timeout counts.
    #[must_use]
    pub fn lock_wait(mut self, wait: Duration) -> Self {
        self.lock_wait = wait;
        self
    }

    /// Sets who is written into the journal; otherwise it is the database's user, if it has users.
    #[must_use]
    pub fn applied_by(mut self, who: impl Into<String>) -> Self {
        self.applied_by = Some(who.into());
        self
    }

    /// What is applied, in the order in which it was. Writes nothing; a database without a journal has nothing
    /// applied.
    ///
    /// # Errors
    /// A journal that cannot be read.
    pub async fn applied(&self, target: &mut dyn Target) -> Result<Vec<Applied>> {
        Journal::locate(target, self.applied_by.as_deref()).await?.read(target).await
    }

    /// Plans an upgrade or a downgrade of this database. Writes nothing and takes no lock.
    ///
    /// # Errors
    /// Those of [`Plan::new`], and a journal that cannot be read.
    pub async fn plan(
        &self,
        target: &mut dyn Target,
        direction: Direction,
        destination: &Destination,
    ) -> Result<Plan> {
        let applied = self.applied(target).await?;
        Plan::new(self.history, &applied, target.dialect(), direction, destination)
    }

    /// Carries out a plan, if what is applied is still what it was when the plan was made.
    ///
    /// # Errors
    /// A plan for another dialect, or one that is stale; a lock that is not free in time; a statement that the
    /// database refuses. The revisions before that stay applied.
    pub async fn execute(&self, target: &mut dyn Target, plan: &Plan) -> Result<()> {
        if plan.dialect() != target.dialect() {
            let problem = format!("the plan is for {}, the database is {}", plan.dialect(), target.dialect());
            return Err(MigrateError::new(Kind::Destination, problem, "make a plan for this database"));
        }
        let mut session = self.open(target).await?;
        let outcome = session.execute(plan).await;
        session.close(outcome).await
    }

    /// Applies what is missing up to a destination, and returns what was planned and done.
    ///
    /// # Errors
    /// Those of [`Runner::plan`] and [`Runner::execute`].
    pub async fn upgrade(&self, target: &mut dyn Target, destination: &Destination) -> Result<Plan> {
        self.migrate(target, Direction::Upgrade, destination).await
    }

    /// Undoes what stands above a destination, and returns what was planned and done.
    ///
    /// # Errors
    /// Those of [`Runner::plan`] and [`Runner::execute`].
    pub async fn downgrade(&self, target: &mut dyn Target, destination: &Destination) -> Result<Plan> {
        self.migrate(target, Direction::Downgrade, destination).await
    }

    async fn migrate(
        &self,
        target: &mut dyn Target,
        direction: Direction,
        destination: &Destination,
    ) -> Result<Plan> {
        let mut session = self.open(target).await?;
        let outcome = self.plan_and_execute(&mut session, direction, destination).await;
        session.close(outcome).await
    }

    /// Where the lock is only that of each transaction, another runner can come between two revisions: then the
    /// rest is planned anew, unless the destination is counted from what was applied.
    async fn plan_and_execute(
        &self,
        session: &mut Session<'_>,
        direction: Direction,
        destination: &Destination,
    ) -> Result<Plan> {
        let mut replans = 0;
        loop {
            let applied = session.applied().await?;
            let plan = Plan::new(self.history, &applied, session.dialect(), direction, destination)?;
            match session.execute(&plan).await {
                Ok(()) => return Ok(plan),
                Err(error) if error.is_stale() && destination.is_absolute() && replans < REPLANS => {
                    replans += 1
                }
                Err(error) => return Err(error),
            }
        }
    }

    async fn open<'t>(&self, target: &'t mut dyn Target) -> Result<Session<'t>> {
        Session::open(target, self.lock_wait, self.applied_by.as_deref()).await
    }
}

fn database_error(what: &str, error: DriverError) -> MigrateError {
    MigrateError::new(Kind::Database, what, "see the cause").caused_by(error)
}

/// The first column of the first row.
fn first_cell(rows: Vec<Vec<Option<String>>>) -> Option<String> {
    rows.into_iter().next()?.into_iter().next()?
}
