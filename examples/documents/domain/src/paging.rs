//! Which part of a long list.

use std::fmt;

/// At most so many of a list, leaving out some at its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paging {
    offset: u64,
    limit: u16,
}

impl Paging {
    /// The most at a time.
    pub const MOST: u16 = 100;

    /// A part of a list: 1 to 100, behind the first `offset`.
    ///
    /// # Errors
    /// If there is no such part.
    pub fn new(offset: i64, limit: i64) -> Result<Self, InvalidPaging> {
        let offset = u64::try_from(offset).map_err(|_| InvalidPaging::Offset)?;
        let limit = u16::try_from(limit).ok().filter(|limit| (1..=Self::MOST).contains(limit));
        Ok(Self { offset, limit: limit.ok_or(InvalidPaging::Limit)? })
    }

    /// How many are left out.
    #[must_use]
    pub fn offset(self) -> u64 {
        self.offset
    }

    /// How many there are at most.
    #[must_use]
    pub fn limit(self) -> u16 {
        self.limit
    }
}

impl Default for Paging {
    /// The first 20.
    fn default() -> Self {
        Self { offset: 0, limit: 20 }
    }
}

/// Why there is no such part of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvalidPaging {
    /// It would begin before the beginning.
    Offset,
    /// It would have nothing, or too much.
    Limit,
}

impl fmt::Display for InvalidPaging {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Offset => f.write_str("the offset is negative"),
            Self::Limit => write!(f, "the limit is not 1 to {}", Paging::MOST),
        }
    }
}

impl std::error::Error for InvalidPaging {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bounds_hold() {
        for (offset, limit) in [(0, 1), (0, 100), (i64::MAX, 20)] {
            assert!(Paging::new(offset, limit).is_ok(), "{offset} {limit}");
        }
        assert_eq!(Paging::new(-1, 20), Err(InvalidPaging::Offset));
        for limit in [0, -1, 101, 65_537, i64::MAX] {
            assert_eq!(Paging::new(0, limit), Err(InvalidPaging::Limit), "{limit}");
        }
    }
}
