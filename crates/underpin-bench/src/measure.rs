//! The two clocks, wall time and the CPU time of this process, and the medians taken of them.

use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::{TimeVal, TimeValLike};

use crate::failure::Result;

/// What one measured step cost.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Cost {
    /// Seconds that passed.
    pub(crate) wall: f64,
    /// Seconds that all threads of this process, and only of this process, computed.
    pub(crate) cpu: f64,
}

/// A running measurement.
pub(crate) struct Stopwatch {
    wall: Instant,
    cpu: Duration,
}

impl Stopwatch {
    /// Starts both clocks.
    pub(crate) fn start() -> Result<Self> {
        let cpu = process_cpu()?;
        Ok(Self { wall: Instant::now(), cpu })
    }

    /// Reads both clocks; the cost is divided by `operations`.
    pub(crate) fn stop(self, operations: usize) -> Result<Cost> {
        let wall = self.wall.elapsed();
        let cpu = process_cpu()?.saturating_sub(self.cpu);
        let share = operations.max(1) as f64;
        Ok(Cost { wall: wall.as_secs_f64() / share, cpu: cpu.as_secs_f64() / share })
    }
}

/// User and system time of the whole process.
fn process_cpu() -> Result<Duration> {
    let usage = getrusage(UsageWho::RUSAGE_SELF)?;
    let micros = |time: TimeVal| u64::try_from(time.num_microseconds()).unwrap_or_default();
    Ok(Duration::from_micros(micros(usage.user_time()) + micros(usage.system_time())))
}

/// The middle value; the mean of the two middle ones if their number is even; 0 for none.
pub(crate) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let half = sorted.len() / 2;
    match sorted.len() {
        0 => 0.0,
        n if n % 2 == 1 => sorted[half],
        _ => f64::midpoint(sorted[half - 1], sorted[half]),
    }
}

/// The median of each clock for itself.
pub(crate) fn median_cost(costs: &[Cost]) -> Cost {
    let of = |clock: fn(&Cost) -> f64| median(&costs.iter().map(clock).collect::<Vec<_>>());
    Cost { wall: of(|c| c.wall), cpu: of(|c| c.cpu) }
}

/// The median of the ratios of each round: a round slowed by a neighbour slows both sides and cancels out.
pub(crate) fn median_ratio(of: &[Cost], to: &[Cost]) -> Cost {
    let ratios: Vec<Cost> =
        of.iter().zip(to).map(|(a, b)| Cost { wall: a.wall / b.wall, cpu: a.cpu / b.cpu }).collect();
    median_cost(&ratios)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn median_of_odd_even_and_none() {
        assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), 2.5);
        assert_eq!(median(&[]), 0.0);
    }

    #[test]
    fn a_slow_round_cancels_out() {
        let cost = |wall| Cost { wall, cpu: wall / 2.0 };
        let raw = [cost(1.0), cost(10.0), cost(1.0)];
        let peer = [cost(2.0), cost(20.0), cost(2.0)];
        assert_eq!(median_ratio(&peer, &raw), Cost { wall: 2.0, cpu: 2.0 });
    }

    #[test]
    fn computing_costs_cpu() {
        let watch = Stopwatch::start().unwrap();
        let mut sum = 0u64;
        for n in 0..20_000_000u64 {
            sum = std::hint::black_box(sum.wrapping_add(n * n));
        }
        assert_ne!(sum, 1);
        let cost = watch.stop(1).unwrap();
        assert!(cost.cpu > 0.0 && cost.wall > 0.0);
    }
}
