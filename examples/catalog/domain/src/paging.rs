//! How much of a result at a time.

use std::fmt;

use crate::{Car, CarId, Price};

/// A part of a result: leaving out so many, then at most so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paging {
    offset: u64,
    limit: u16,
}

impl Paging {
    /// The most cars of one part.
    pub const MOST: u16 = 200;

    /// A part of a result.
    ///
    /// # Errors
    /// A negative offset; a limit that is not 1 to [`Paging::MOST`].
    pub fn new(offset: i64, limit: i64) -> Result<Self, InvalidPaging> {
        let offset = u64::try_from(offset).map_err(|_| InvalidPaging::Offset)?;
        Ok(Self { offset, limit: checked_limit(limit)? })
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

/// The part of a result that follows a car: as quick at the end of a long result as at its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    after: Option<(Price, CarId)>,
    limit: u16,
}

impl Page {
    /// The first cars.
    ///
    /// # Errors
    /// A limit that is not 1 to [`Paging::MOST`].
    pub fn first(limit: i64) -> Result<Self, InvalidPaging> {
        Ok(Self { after: None, limit: checked_limit(limit)? })
    }

    /// Those that follow this place in the order: a price, and the id of the car that has it.
    #[must_use]
    pub fn after(mut self, price: Price, id: CarId) -> Self {
        self.after = Some((price, id));
        self
    }

    /// Those that follow this car.
    #[must_use]
    pub fn after_car(self, car: &Car) -> Self {
        self.after(car.price, car.id)
    }

    /// What they follow.
    #[must_use]
    pub fn place(self) -> Option<(Price, CarId)> {
        self.after
    }

    /// How many there are at most.
    #[must_use]
    pub fn limit(self) -> u16 {
        self.limit
    }
}

fn checked_limit(limit: i64) -> Result<u16, InvalidPaging> {
    match u16::try_from(limit) {
        Ok(limit @ 1..=Paging::MOST) => Ok(limit),
        _ => Err(InvalidPaging::Limit),
    }
}

/// Why a part of a result cannot be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidPaging {
    /// The offset is negative.
    Offset,
    /// The limit is not 1 to [`Paging::MOST`].
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
        assert_eq!(Paging::new(-1, 20), Err(InvalidPaging::Offset));
        for limit in [i64::MIN, -1, 0, 201, 65_556, i64::MAX] {
            assert_eq!(Paging::new(0, limit), Err(InvalidPaging::Limit), "{limit}");
            assert_eq!(Page::first(limit), Err(InvalidPaging::Limit), "{limit}");
        }
        for limit in [1, 200] {
            assert!(Paging::new(i64::MAX, limit).is_ok() && Page::first(limit).is_ok(), "{limit}");
        }
    }
}
