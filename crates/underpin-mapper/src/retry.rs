//! Running a unit of work again when the database asks for it.

use std::time::Duration;

use underpin_core::{Error, Result};
use underpin_schema::Store;
use underpin_sql::driver::TransactionOptions;

use crate::{Database, UnitOfWork};

/// How often and after which pauses a unit of work is run again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// Runs in all, the first included. 5.
    pub attempts: u32,
    /// Longest pause before the second run; it doubles with each further one. 10 ms.
    pub first_pause: Duration,
    /// Longest pause of all. 1 s.
    pub longest_pause: Duration,
    /// How the transactions run.
    pub options: TransactionOptions,
}

pub(crate) fn left_open() -> Error {
    Error::usage(
        "run: the work ended well, but its unit of work was neither committed nor rolled back",
        "end the work with `uow.commit().await?`",
    )
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            attempts: 5,
            first_pause: Duration::from_millis(10),
            longest_pause: Duration::from_secs(1),
            options: TransactionOptions::new(),
        }
    }
}

impl RetryPolicy {
    /// With so many runs in all.
    #[must_use]
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// With transactions that run in this way.
    #[must_use]
    pub fn options(mut self, options: TransactionOptions) -> Self {
        self.options = options;
        self
    }

    /// Runs `work` with a unit of work, which it commits, again from its start as often as this policy allows. It is run
    /// again only after a failure for which [`underpin_core::Error::is_retryable`] holds, even if `work` has wrapped it.
    ///
    /// # Errors
    /// What `work` failed with, once it is not retried any more; wrong use if it ended well without a commit or
    /// rollback.
    pub async fn run<S, T, E, F, Fut>(self, database: &Database<S>, mut work: F) -> Result<T, E>
    where
        S: Store,
        E: From<Error>,
        F: FnMut(UnitOfWork<S>) -> Fut,
        Fut: Future<Output = Result<T, E>>,
    {
        let mut attempt = 1;
        loop {
            let mut uow = database.begin_with(self.options).await?;
            let watch = uow.watch();
            match work(uow).await {
                Ok(_) if !watch.was_ended() => return Err(E::from(left_open())),
                Err(_) if watch.saw_retryable() && attempt < self.attempts => {
                    tokio::time::sleep(self.pause(attempt)).await;
                }
                outcome => return outcome,
            }
            attempt += 1;
        }
    }

    /// A random pause, so that those who collided do not meet again: between nothing and a bound that doubles.
    pub(crate) fn pause(&self, attempt: u32) -> Duration {
        let bound =
            self.first_pause.saturating_mul(1 << attempt.saturating_sub(1).min(16)).min(self.longest_pause);
        let (random, _) = uuid::Uuid::new_v4().as_u64_pair();
        // The upper 32 bits are random; this is their fraction of 1.
        bound.mul_f64((random >> 32) as f64 / f64::from(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_bound() {
        let policy = RetryPolicy::default();
        for attempt in 1..100 {
            assert!(policy.pause(attempt) <= policy.longest_pause);
        }
        assert!(policy.pause(1) <= policy.first_pause);
    }
}
