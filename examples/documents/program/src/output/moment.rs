//! Points of time as text, in UTC.

use std::time::SystemTime;

use jiff::Timestamp;

/// To the second, for a person: `2026-11-21 03:00:00Z`.
pub(crate) fn readable(time: SystemTime) -> String {
    timestamp(time).strftime("%Y-%m-%d %H:%M:%SZ").to_string()
}

/// To the microsecond, for a program: `2026-11-21T03:00:00.000000Z`.
pub(crate) fn precise(time: SystemTime) -> String {
    format!("{:.6}", timestamp(time))
}

fn timestamp(time: SystemTime) -> Timestamp {
    // A database holds no time outside of the years -9999 to 9999 that this program would have written.
    Timestamp::try_from(time).unwrap_or(if time < SystemTime::UNIX_EPOCH {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn times_are_in_utc() {
        let time = SystemTime::UNIX_EPOCH + Duration::from_micros(1_790_000_000_123_456);
        assert_eq!(readable(time), "2026-09-21 14:13:20Z");
        assert_eq!(precise(time), "2026-09-21T14:13:20.123456Z");
        assert_eq!(precise(SystemTime::UNIX_EPOCH), "1970-01-01T00:00:00.000000Z");
    }
}
