//! A place in the history of a database.

use std::fmt;
use std::str::FromStr;

use underpin_core::Error;

/// How far a database has come: whatever was committed before it was asked for lies before it. A copy that has come as far
/// shows all of that.
///
/// As text it travels in a cookie or header: `16/B374D848`. A database that keeps no such count (SQLite, the in-memory
/// store) gives the position that no copy ever reaches, so that reads go to the database itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Position(Option<u64>);

impl Position {
    /// The position of a database that keeps no count.
    pub const UNKNOWN: Self = Self(None);

    /// So many bytes into the log of changes.
    #[must_use]
    pub const fn of_log(bytes: u64) -> Self {
        Self(Some(bytes))
    }

    /// Whether who stands here has seen all that lies before the other position.
    #[must_use]
    pub fn reaches(self, other: Self) -> bool {
        matches!((self.0, other.0), (Some(here), Some(there)) if here >= there)
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(bytes) => write!(f, "{:X}/{:X}", bytes >> 32, bytes & 0xFFFF_FFFF),
            None => f.write_str("unknown"),
        }
    }
}

impl FromStr for Position {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        if text == "unknown" {
            return Ok(Self::UNKNOWN);
        }
        let half = |text: &str| u32::from_str_radix(text, 16).ok().map(u64::from);
        let halves = text.split_once('/').and_then(|(high, low)| Some((half(high)?, half(low)?)));
        halves.map(|(high, low)| Self(Some(high << 32 | low))).ok_or_else(|| {
            Error::usage("this is no position of a database", "give the text of one, such as 16/B374D848")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_travel_as_text() {
        for text in ["16/B374D848", "0/0", "FFFFFFFF/FFFFFFFF", "unknown"] {
            assert_eq!(text.parse::<Position>().unwrap().to_string(), text);
        }
        for wrong in ["", "16", "16/", "/1", "1/2/3", "123456789/0", "x/1"] {
            assert!(wrong.parse::<Position>().unwrap_err().is_usage(), "{wrong}");
        }
    }

    #[test]
    fn what_keeps_no_count_reaches_nothing() {
        let (low, high) = (Position::of_log(0xFFFF_FFFF), Position::of_log(0x1_0000_0000));
        assert!(high.reaches(low) && high.reaches(high) && !low.reaches(high));
        assert!(!Position::UNKNOWN.reaches(low) && !high.reaches(Position::UNKNOWN));
        assert!(!Position::UNKNOWN.reaches(Position::UNKNOWN));
    }
}
