//! Where an upgrade or a downgrade is to end, as people write it.

use std::fmt;
use std::str::FromStr;

use crate::MigrateError;
use crate::error::Kind;
use crate::script::identifier;

/// Where an upgrade or a downgrade ends.
///
/// ```
/// # use underpin_migrate::Destination;
/// assert_eq!("+2".parse::<Destination>()?, Destination::Up(2));
/// # Ok::<(), underpin_migrate::MigrateError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Destination {
    /// `head`: the revision on which no other stands.
    Head,
    /// `base`: before the first revision.
    Base,
    /// A revision, by its identifier. After an upgrade or a downgrade to it, it is applied.
    Revision(String),
    /// `+n`: that many revisions up from what is applied.
    Up(usize),
    /// `-n`: that many revisions down from what is applied.
    Down(usize),
}

impl Destination {
    /// It means the same whatever is applied.
    pub(crate) fn is_absolute(&self) -> bool {
        !matches!(self, Self::Up(_) | Self::Down(_))
    }
}

impl FromStr for Destination {
    type Err = MigrateError;

    fn from_str(text: &str) -> Result<Self, MigrateError> {
        match text {
            "head" => return Ok(Self::Head),
            "base" => return Ok(Self::Base),
            _ => {}
        }
        if let Some(digits) = text.strip_prefix('+') {
            return steps(digits).map(Self::Up).ok_or_else(|| refused(text));
        }
        if let Some(digits) = text.strip_prefix('-') {
            return steps(digits).map(Self::Down).ok_or_else(|| refused(text));
        }
        match identifier::problem(text) {
            None => Ok(Self::Revision(text.to_owned())),
            Some(_) => Err(refused(text)),
        }
    }
}

/// A number of steps, which is at least one.
fn steps(digits: &str) -> Option<usize> {
    digits.bytes().all(|byte| byte.is_ascii_digit()).then_some(())?;
    digits.parse().ok().filter(|steps| *steps > 0)
}

fn refused(text: &str) -> MigrateError {
    MigrateError::new(
        Kind::Destination,
        format!("`{text}` names no destination"),
        "write head, base, the identifier of a revision, or +1 and -1 for one step up and down; branches come later",
    )
}

impl fmt::Display for Destination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Head => f.write_str("head"),
            Self::Base => f.write_str("base"),
            Self::Revision(id) => f.write_str(id),
            Self::Up(steps) => write!(f, "+{steps}"),
            Self::Down(steps) => write!(f, "-{steps}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_printed_alike() {
        let cases = [
            ("head", Destination::Head),
            ("base", Destination::Base),
            ("+2", Destination::Up(2)),
            ("-10", Destination::Down(10)),
            ("3f2a9c1b7d04", Destination::Revision("3f2a9c1b7d04".to_owned())),
        ];
        for (text, destination) in cases {
            assert_eq!(text.parse::<Destination>().unwrap(), destination);
            assert_eq!(destination.to_string(), text);
        }
    }

    #[test]
    fn what_names_no_destination_is_refused() {
        for text in
            ["", "heads", "current", "none", "+", "-", "+0", "-x", "++1", "a+1", "a@head", "a:b", "a b"]
        {
            let error = text.parse::<Destination>().unwrap_err();
            assert!(error.is_destination() && error.problem().contains(&format!("`{text}`")), "{error}");
        }
        assert!("+99999999999999999999999".parse::<Destination>().is_err());
    }
}
