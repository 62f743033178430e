//! How far a document has got.

use std::fmt;
use std::str::FromStr;

/// How far a document has got.
///
/// ```text
/// pending --> processing --> completed
///    ^            |
///    |            v
///    '--------- failed
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// It waits to be processed.
    Pending,
    /// Somebody is at it.
    Processing,
    /// It has been read.
    Completed,
    /// It could not be read.
    Failed,
}

impl Status {
    /// Each of them.
    pub const ALL: [Self; 4] = [Self::Pending, Self::Processing, Self::Completed, Self::Failed];

    /// The status in a word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Processing => "processing",
            Self::Completed => "completed",
            Self::Failed => "failed",
        }
    }

    /// The move to another status.
    ///
    /// # Errors
    /// If there is no arrow.
    pub fn to(self, next: Self) -> Result<Self, IllegalMove> {
        match (self, next) {
            (Self::Pending, Self::Processing)
            | (Self::Processing, Self::Completed | Self::Failed)
            | (Self::Failed, Self::Pending) => Ok(next),
            _ => Err(IllegalMove { from: self, to: next }),
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Status {
    type Err = InvalidStatus;

    fn from_str(text: &str) -> Result<Self, InvalidStatus> {
        Self::ALL.into_iter().find(|status| status.as_str() == text).ok_or(InvalidStatus)
    }
}

/// That a text is no status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidStatus;

impl fmt::Display for InvalidStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a status is pending, processing, completed or failed")
    }
}

impl std::error::Error for InvalidStatus {}

/// That a document cannot get from one status to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IllegalMove {
    /// How far it has got.
    pub from: Status,
    /// Where it cannot get from there.
    pub to: Status,
}

impl fmt::Display for IllegalMove {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a document that is {} cannot become {}", self.from, self.to)
    }
}

impl std::error::Error for IllegalMove {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_four_moves_and_no_other() {
        let all = Status::ALL;
        let moves = all.iter().flat_map(|from| all.iter().map(move |to| (*from, *to)));
        let legal: Vec<_> = moves.filter(|(from, to)| from.to(*to).is_ok()).collect();
        assert_eq!(
            legal,
            [
                (Status::Pending, Status::Processing),
                (Status::Processing, Status::Completed),
                (Status::Processing, Status::Failed),
                (Status::Failed, Status::Pending),
            ]
        );
    }
}
