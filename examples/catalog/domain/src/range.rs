//! From one value to another, each end left open if it is not said.

/// From `low` to `high`, both included; an end that is not there is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range<T> {
    low: Option<T>,
    high: Option<T>,
}

impl<T> Default for Range<T> {
    /// Open at both ends.
    fn default() -> Self {
        Self { low: None, high: None }
    }
}

impl<T: Ord + Copy> Range<T> {
    /// A range, unless its lower end is above its upper one.
    #[must_use]
    pub fn new(low: Option<T>, high: Option<T>) -> Option<Self> {
        match (low, high) {
            (Some(low), Some(high)) if low > high => None,
            _ => Some(Self { low, high }),
        }
    }

    /// The lower end.
    #[must_use]
    pub fn low(&self) -> Option<T> {
        self.low
    }

    /// The upper end.
    #[must_use]
    pub fn high(&self) -> Option<T> {
        self.high
    }

    /// Whether a value is within it.
    #[must_use]
    pub fn holds(&self, value: T) -> bool {
        self.low.is_none_or(|low| low <= value) && self.high.is_none_or(|high| value <= high)
    }
}
