//! The lock that keeps two runners apart. Whoever has it loses it when it ends, however that comes about.

mod advisory;
mod file;

use std::time::Duration;

use tokio::time::Instant;

use self::advisory::AdvisoryLock;
use self::file::FileLock;
use super::report::{Event, Holder};
use super::settings::Settings;
use super::target::Target;
use crate::error::Kind;
use crate::{Dialect, MigrateError, Result};

/// How often the lock is tried.
const PAUSE: Duration = Duration::from_millis(50);

/// How often it is told that the lock is taken.
const TELL: Duration = Duration::from_secs(5);

/// A lock that is held.
pub(crate) enum Lock {
    Advisory(AdvisoryLock),
    File(FileLock),
    /// A database in memory, which nobody else can reach.
    None,
}

/// What an attempt to take the lock found.
enum Attempt<L> {
    Taken(L),
    Held(Option<Holder>),
}

impl Lock {
    /// Takes the lock, or gives up when the run's wait is over.
    pub(crate) async fn acquire(target: &mut dyn Target, settings: &Settings<'_>) -> Result<Self> {
        let began = Instant::now();
        let mut told: Option<Instant> = None;
        loop {
            let attempt = match target.dialect() {
                Dialect::Postgres => AdvisoryLock::attempt(target).await?.map(Self::Advisory),
                Dialect::Sqlite => FileLock::attempt(target).await?,
            };
            let holder = match attempt {
                Attempt::Taken(lock) => return Ok(lock),
                Attempt::Held(holder) => holder,
            };
            let waited = began.elapsed();
            let Some(left) = settings.lock_wait.checked_sub(waited).filter(|left| !left.is_zero()) else {
                return Err(held(waited, holder.as_ref()));
            };
            if told.is_none_or(|told| told.elapsed() >= TELL) {
                told = Some(Instant::now());
                settings.tell(&Event::LockHeld { holder: holder.as_ref(), waited });
            }
            tokio::time::sleep(PAUSE.min(left)).await;
        }
    }

    /// Gives it back.
    pub(crate) async fn release(self, target: &mut dyn Target) -> Result<()> {
        match self {
            Self::Advisory(lock) => lock.release(target).await,
            Self::File(lock) => {
                lock.release();
                Ok(())
            }
            Self::None => Ok(()),
        }
    }
}

impl<L> Attempt<L> {
    fn map<M>(self, wrap: impl FnOnce(L) -> M) -> Attempt<M> {
        match self {
            Self::Taken(lock) => Attempt::Taken(wrap(lock)),
            Self::Held(holder) => Attempt::Held(holder),
        }
    }
}

fn held(waited: Duration, holder: Option<&Holder>) -> MigrateError {
    let who = holder.map_or_else(String::new, |holder| format!(" ({holder})"));
    MigrateError::new(
        Kind::Locked,
        format!("another runner{who} is migrating this database; waited {} s for it", waited.as_secs()),
        "let it finish and try again, or allow a longer wait",
    )
}
