//! How much of a list at a time.

use std::fmt;

use underpin_id::{Id, Prefix};

/// A part of a list in the order in which its elements came: behind one of them, and at most so many. As quick at the
/// end of a long list as at its beginning.
pub struct Page<T: Prefix> {
    after: Option<Id<T>>,
    limit: u16,
}

impl<T: Prefix> Page<T> {
    /// The most elements of one part.
    pub const MOST: u16 = 200;

    /// The first ones.
    ///
    /// # Errors
    /// A limit that is not 1 to [`Page::MOST`].
    pub fn first(limit: i64) -> Result<Self, InvalidPage> {
        match u16::try_from(limit) {
            Ok(limit) if (1..=Self::MOST).contains(&limit) => Ok(Self { after: None, limit }),
            _ => Err(InvalidPage),
        }
    }

    /// Those behind this one, whether it is still there or not.
    #[must_use]
    pub fn behind(self, after: Option<Id<T>>) -> Self {
        Self { after, ..self }
    }

    /// Behind which one it begins.
    #[must_use]
    pub fn after(self) -> Option<Id<T>> {
        self.after
    }

    /// How many there are at most.
    #[must_use]
    pub fn limit(self) -> u16 {
        self.limit
    }
}

// By hand, for a page can be copied whatever it is of.
impl<T: Prefix> Clone for Page<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Prefix> Copy for Page<T> {}

impl<T: Prefix> fmt::Debug for Page<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page").field("after", &self.after).field("limit", &self.limit).finish()
    }
}

/// That a number is no limit of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidPage;

impl fmt::Display for InvalidPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the limit is not 1 to 200")
    }
}

impl std::error::Error for InvalidPage {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{User, UserId};

    #[test]
    fn the_bounds_hold() {
        for limit in [1, 200] {
            assert!(Page::<User>::first(limit).is_ok());
        }
        for limit in [i64::MIN, -1, 0, 201, 65_537, i64::MAX] {
            assert_eq!(Page::<User>::first(limit).err(), Some(InvalidPage));
        }
        assert_eq!(InvalidPage.to_string(), format!("the limit is not 1 to {}", Page::<User>::MOST));
    }

    #[test]
    fn a_page_knows_what_it_follows() {
        let id = UserId::new();
        let page = Page::<User>::first(20).expect("a limit");
        assert_eq!((page.after(), page.behind(Some(id)).after(), page.limit()), (None, Some(id), 20));
    }
}
