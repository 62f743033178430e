//! No more rows in a second than were asked for.

use std::time::{Duration, Instant};

/// A limit to rows in a second, kept by sleeping after each batch.
#[derive(Debug)]
pub(super) struct Pace {
    rate: Option<u32>,
    begun: Instant,
    rows: u64,
}

impl Pace {
    pub(super) fn new(rate: Option<u32>) -> Self {
        Self { rate, begun: Instant::now(), rows: 0 }
    }

    /// Counts rows, and gives how long to sleep before the next ones.
    pub(super) fn after(&mut self, rows: usize) -> Duration {
        self.rows += rows as u64;
        due(self.rows, self.rate).saturating_sub(self.begun.elapsed())
    }
}

/// How long so many rows take at least.
fn due(rows: u64, rate: Option<u32>) -> Duration {
    match rate.filter(|rate| *rate > 0) {
        None => Duration::ZERO,
        Some(rate) => {
            let rate = u64::from(rate);
            Duration::from_secs(rows / rate) + Duration::from_nanos(rows % rate * 1_000_000_000 / rate)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_take_their_time() {
        assert_eq!(due(500, Some(1000)), Duration::from_millis(500));
        assert_eq!(due(3_000_000_000, Some(3)), Duration::from_secs(1_000_000_000));
        assert_eq!((due(500, None), due(500, Some(0))), (Duration::ZERO, Duration::ZERO));
        assert_eq!(Pace::new(None).after(1_000_000), Duration::ZERO);
        assert!(Pace::new(Some(1)).after(3600) > Duration::from_secs(3000));
    }
}
