//! How long a run waits for others.

use std::time::Duration;

use clap::Args;
use underpin::migrate::Runner;

/// Waiting for other runners, and for locks on tables.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Waiting")]
pub(crate) struct Timing {
    /// How long to wait for another runner [default: 60s]
    #[arg(long, value_name = "TIME", value_parser = duration)]
    lock_wait: Option<Duration>,

    /// How long one statement may wait for a lock on a table, before it makes way and tries again [default: 500ms]
    #[arg(long, value_name = "TIME", value_parser = duration)]
    lock_timeout: Option<Duration>,

    /// How long to try again [default: 5min]
    #[arg(long, value_name = "TIME", value_parser = duration)]
    retry_for: Option<Duration>,
}

impl Timing {
    pub(crate) fn apply<'g>(&self, mut runner: Runner<'g>) -> Runner<'g> {
        if let Some(wait) = self.lock_wait {
            runner = runner.lock_wait(wait);
        }
        if let Some(timeout) = self.lock_timeout {
            runner = runner.lock_timeout(timeout);
        }
        if let Some(time) = self.retry_for {
            runner = runner.retry_for(time);
        }
        runner
    }
}

/// `500ms`, `30s`, `5min`, `1h`
fn duration(text: &str) -> Result<Duration, String> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let milliseconds = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" | "min" => 60_000,
        "h" => 3_600_000,
        _ => return Err("write a number and ms, s, min or h, as in 500ms".to_owned()),
    };
    let number: u64 =
        number.parse().map_err(|_| "write a whole number before the unit, as in 500ms".to_owned())?;
    Ok(Duration::from_millis(number.saturating_mul(milliseconds)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_a_unit() {
        for (text, expected) in [
            ("500ms", 500),
            ("0s", 0),
            ("30s", 30_000),
            ("5min", 300_000),
            ("5m", 300_000),
            ("1h", 3_600_000),
        ] {
            assert_eq!(duration(text), Ok(Duration::from_millis(expected)), "{text}");
        }
        for wrong in ["", "5", "s", "-1s", "1.5s", "1 s", "99999999999999999999s"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }
}
