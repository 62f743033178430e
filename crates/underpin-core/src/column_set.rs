//! A set of columns of one table, by position.

/// Up to 128 columns, one bit each; a table with more is refused by the derive macro.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct ColumnSet(u128);

impl ColumnSet {
    /// The most columns that a table may have.
    pub const CAPACITY: usize = 128;

    /// No column.
    pub const EMPTY: Self = Self(0);

    /// The first `count` columns.
    #[must_use]
    pub const fn first(count: usize) -> Self {
        if count >= Self::CAPACITY { Self(u128::MAX) } else { Self((1 << count) - 1) }
    }

    /// The columns at the positions given.
    #[must_use]
    pub const fn of(positions: &[usize]) -> Self {
        let mut set = Self::EMPTY;
        let mut i = 0;
        while i < positions.len() {
            set = set.with(positions[i]);
            i += 1;
        }
        set
    }

    /// This set and one column more.
    #[must_use]
    pub const fn with(self, position: usize) -> Self {
        Self(self.0 | (1 << position))
    }

    /// This set, and one column more if `and` is true.
    #[must_use]
    pub const fn with_if(self, position: usize, and: bool) -> Self {
        Self(self.0 | ((and as u128) << position))
    }

    /// Adds a column.
    pub const fn insert(&mut self, position: usize) {
        self.0 |= 1 << position;
    }

    /// Whether the column is in the set.
    #[must_use]
    pub const fn contains(self, position: usize) -> bool {
        self.0 & (1 << position) != 0
    }

    /// Whether there is no column in the set.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many columns are in the set.
    #[must_use]
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// The columns of either set.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The columns of both sets.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The columns of this set that are not in the other.
    #[must_use]
    pub const fn difference(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The positions, ascending.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            if rest == 0 {
                return None;
            }
            let position = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            Some(position)
        })
    }
}

impl FromIterator<usize> for ColumnSet {
    fn from_iter<I: IntoIterator<Item = usize>>(positions: I) -> Self {
        positions.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl std::fmt::Debug for ColumnSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn set_operations() {
        let a = ColumnSet::of(&[0, 3, 127]);
        let b = ColumnSet::of(&[3]);
        assert_eq!(a.iter().collect::<Vec<_>>(), [0, 3, 127]);
        assert_eq!(a.difference(b), ColumnSet::of(&[0, 127]));
        assert_eq!(a.intersection(b), b);
        assert_eq!(b.union(ColumnSet::of(&[1])), ColumnSet::of(&[1, 3]));
        assert_eq!(ColumnSet::first(3).len(), 3);
        assert_eq!(ColumnSet::first(128).len(), 128);
        assert!(ColumnSet::EMPTY.is_empty() && !a.is_empty());
        assert!(a.contains(127) && !a.contains(126));
    }
}
