//! How often and after which pauses something is tried again.

use std::hash::{BuildHasher as _, RandomState};
use std::time::Duration;

use tokio::time::Instant;

const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// What is left of the readiness to try again.
pub(crate) struct Patience {
    began: Instant,
    all: Duration,
    attempts: u32,
}

impl Patience {
    pub(crate) fn new(all: Duration) -> Self {
        Self { began: Instant::now(), all, attempts: 0 }
    }

    /// How many attempts have failed.
    pub(crate) fn attempts(&self) -> u32 {
        self.attempts
    }

    /// How long it has lasted.
    pub(crate) fn spent(&self) -> Duration {
        self.began.elapsed()
    }

    /// Counts an attempt that failed, and gives the pause before the next; none if it was the last.
    pub(crate) fn next(&mut self) -> Option<Duration> {
        let longest = FIRST_PAUSE.saturating_mul(1 << self.attempts.min(16)).min(LONGEST_PAUSE);
        self.attempts += 1;
        // Half of it is random, so that two who collided do not meet again.
        let random = RandomState::new().hash_one(self.attempts) % 1000;
        let share = Duration::from_micros(longest.as_micros() as u64 / 2 * random / 1000);
        let pause = longest / 2 + share;
        (self.spent() + pause <= self.all).then_some(pause)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn pauses_grow_and_end() {
        let mut patience = Patience::new(Duration::from_secs(60));
        let mut pauses = Vec::new();
        while let Some(pause) = patience.next() {
            pauses.push(pause);
            tokio::time::sleep(pause).await;
        }
        assert!(
            pauses.iter().all(|pause| *pause >= FIRST_PAUSE / 2 && *pause <= LONGEST_PAUSE),
            "{pauses:?}"
        );
        assert!(pauses.last() > pauses.first() && (15..40).contains(&pauses.len()), "{pauses:?}");
        assert!(patience.spent() <= Duration::from_secs(60));
    }
}
