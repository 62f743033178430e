//! A piece of a history, from one place to another, as people write it.

use std::fmt;
use std::str::FromStr;

use super::Destination;
use crate::MigrateError;
use crate::error::Kind;

/// A piece of a history: `from:to`, either of which may be left out, or `to` alone.
///
/// A form that counts steps counts them from the other end: `-2:3f2a` begins two below `3f2a`, and `current:+2` ends
/// two above what is applied.
///
/// ```
/// # use underpin_migrate::Range;
/// let range: Range = "001:head".parse()?;
/// assert_eq!(range.from().map(ToString::to_string).as_deref(), Some("001"));
/// assert_eq!(range.to_string(), "001:head");
/// # Ok::<(), underpin_migrate::MigrateError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Range {
    from: Option<Destination>,
    to: Option<Destination>,
    has_colon: bool,
}

impl Range {
    /// The whole history: `:`.
    #[must_use]
    pub fn all() -> Self {
        Self { from: None, to: None, has_colon: true }
    }

    /// The lower end; none if it was left out.
    #[must_use]
    pub fn from(&self) -> Option<&Destination> {
        self.from.as_ref()
    }

    /// The upper end for an upgrade, where to stop for a downgrade; none if it was left out.
    #[must_use]
    pub fn to(&self) -> Option<&Destination> {
        self.to.as_ref()
    }

    /// It means the same whatever is applied: what is counted is counted from the other end.
    #[must_use]
    pub fn is_absolute(&self) -> bool {
        let is_absolute = |end: &Destination| !end.is_from_current();
        self.from.iter().chain(&self.to).all(is_absolute)
    }

    /// It was written with a colon, not as a destination alone.
    #[must_use]
    pub fn has_colon(&self) -> bool {
        self.has_colon
    }
}

impl FromStr for Range {
    type Err = MigrateError;

    fn from_str(text: &str) -> Result<Self, MigrateError> {
        let Some((from, to)) = text.split_once(':') else {
            return Ok(Self { from: None, to: Some(text.parse()?), has_colon: false });
        };
        if to.contains(':') {
            return Err(MigrateError::new(
                Kind::Destination,
                format!("`{text}` is no range: it has more than one colon"),
                "write from:to, from: or :to",
            ));
        }
        let end = |part: &str| (!part.is_empty()).then(|| part.parse()).transpose();
        Ok(Self { from: end(from)?, to: end(to)?, has_colon: true })
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(from) = &self.from {
            from.fmt(f)?;
        }
        if self.has_colon {
            f.write_str(":")?;
        }
        self.to.as_ref().map_or(Ok(()), |to| to.fmt(f))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_printed_alike() {
        for text in ["a:b", ":b", "a:", ":", "-2:", "current:+2", "accounts@x:heads", "b", "accounts@head-1"]
        {
            assert_eq!(text.parse::<Range>().unwrap().to_string(), text);
        }
        assert_eq!(":".parse::<Range>().unwrap(), Range::all());
        assert!(!"b".parse::<Range>().unwrap().has_colon());
    }

    #[test]
    fn what_is_no_range_is_refused() {
        let two = "a:b:c".parse::<Range>().unwrap_err();
        assert!(two.is_destination() && two.problem().contains("more than one colon"), "{two}");
        assert!("a:+".parse::<Range>().unwrap_err().problem().contains("`+` names no destination"));
        assert!("".parse::<Range>().is_err());
    }
}
