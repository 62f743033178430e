//! How long something took, as one says it.

use std::time::Duration;

/// `12 ms`, `4.8 s`, `2 min 5 s`
pub(crate) fn taken(time: Duration) -> String {
    match time.as_secs() {
        0 => format!("{} ms", time.as_millis()),
        1..60 => format!("{:.1} s", time.as_secs_f64()),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_grow_with_the_time() {
        for (milliseconds, said) in [(0, "0 ms"), (999, "999 ms"), (4_808, "4.8 s"), (125_000, "2 min 5 s")] {
            assert_eq!(taken(Duration::from_millis(milliseconds)), said);
        }
    }
}
