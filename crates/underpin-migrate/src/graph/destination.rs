//! Where an upgrade, a downgrade or a stamp is to end, as people write it.

use std::fmt;
use std::str::FromStr;

use crate::MigrateError;
use crate::error::Kind;
use crate::script::identifier;

/// Names one place in a graph of revisions, or several.
///
/// | form | meaning |
/// |---|---|
/// | `head` | the only revision on which no other stands |
/// | `heads` | every such revision on which none depends either |
/// | `base` | below the first revisions |
/// | `current` | what is applied; where something is shown, not where something is changed |
/// | `3f2a9c1b7d04`, `3f2a` | a revision, by its identifier or a beginning that fits no other |
/// | `accounts` | the revision that has this branch label |
/// | `accounts@head`, `3f2a@heads` | the same, within the branch of a label or of a revision |
/// | `+2`, `-1`, `accounts@+1` | that many revisions up or down from what is applied |
/// | `3f2a+2`, `head-1`, `accounts@head-1` | that many up or down from what is named |
///
/// ```
/// # use underpin_migrate::Destination;
/// assert_eq!("head".parse::<Destination>()?, Destination::head());
/// assert_eq!("accounts@head-2".parse::<Destination>()?.to_string(), "accounts@head-2");
/// # Ok::<(), underpin_migrate::MigrateError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Destination {
    pub(super) branch: Option<String>,
    pub(super) point: Point,
}

/// What stands behind the `@`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Point {
    At(Anchor),
    /// So many edges away from the anchor, or from what is applied; negative means down, and zero is never written.
    Relative(Option<Anchor>, i32),
}

/// A place by itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Anchor {
    Head,
    Heads,
    Base,
    Current,
    Name(String),
}

impl Destination {
    /// `head`: the only revision on which no other stands.
    #[must_use]
    pub fn head() -> Self {
        Self::at(Anchor::Head)
    }

    /// `heads`: every revision on which none stands or depends.
    #[must_use]
    pub fn heads() -> Self {
        Self::at(Anchor::Heads)
    }

    /// `base`: below the first revisions.
    #[must_use]
    pub fn base() -> Self {
        Self::at(Anchor::Base)
    }

    fn at(anchor: Anchor) -> Self {
        Self { branch: None, point: Point::At(anchor) }
    }

    /// It means the same whatever is applied.
    #[must_use]
    pub fn is_absolute(&self) -> bool {
        !self.is_counted() && !self.is_from_current()
    }

    /// It begins at `current`.
    pub(super) fn is_from_current(&self) -> bool {
        matches!(self.point, Point::Relative(Some(Anchor::Current), _) | Point::At(Anchor::Current))
    }

    /// It is a number of steps without a place before them.
    pub(super) fn is_counted(&self) -> bool {
        matches!(self.point, Point::Relative(None, _))
    }

    /// Its steps; none are zero.
    pub(super) fn steps(&self) -> i32 {
        if let Point::Relative(_, steps) = self.point { steps } else { 0 }
    }

    /// The name, if it is nothing else.
    pub(super) fn plain_name(&self) -> Option<&str> {
        match (&self.branch, &self.point) {
            (None, Point::At(Anchor::Name(name))) => Some(name),
            _ => None,
        }
    }
}

impl FromStr for Destination {
    type Err = MigrateError;

    fn from_str(text: &str) -> Result<Self, MigrateError> {
        let (branch, rest) = match text.split_once('@') {
            Some((branch, rest)) => (Some(branch), rest),
            None => (None, text),
        };
        if let Some(problem) = branch.and_then(identifier::problem) {
            return Err(refused(text, &format!("what stands before the @ names no branch: {problem}")));
        }
        let point = point(rest).map_err(|problem| refused(text, &problem))?;
        Ok(Self { branch: branch.map(str::to_owned), point })
    }
}

fn point(text: &str) -> Result<Point, String> {
    let Some(sign) = text.rfind(['+', '-']) else { return anchor(text).map(Point::At) };
    let (start, steps) = text.split_at(sign);
    let start = if start.is_empty() { None } else { Some(anchor(start)?) };
    Ok(Point::Relative(start, distance(steps)?))
}

fn anchor(text: &str) -> Result<Anchor, String> {
    match text {
        "head" => Ok(Anchor::Head),
        "heads" => Ok(Anchor::Heads),
        "base" => Ok(Anchor::Base),
        "current" => Ok(Anchor::Current),
        _ => identifier::problem(text).map_or_else(|| Ok(Anchor::Name(text.to_owned())), Err),
    }
}

/// `+2` or `-2`, which is never zero.
fn distance(text: &str) -> Result<i32, String> {
    let digits = text.get(1..).unwrap_or_default();
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    match text.parse() {
        Ok(0) => Err("no step is zero revisions wide".to_owned()),
        Ok(steps) if is_number => Ok(steps),
        Err(_) if is_number => Err(format!("{digits} is more steps than any history has")),
        _ => Err(format!("`{text}` is no number of steps")),
    }
}

fn refused(text: &str, problem: &str) -> MigrateError {
    MigrateError::new(
        Kind::Destination,
        format!("`{text}` names no destination: {problem}"),
        "write head, heads, base, a revision, a branch label, +1 or -1, or branch@ before one of these",
    )
}

impl fmt::Display for Destination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(branch) = &self.branch {
            write!(f, "{branch}@")?;
        }
        match &self.point {
            Point::At(anchor) => anchor.fmt(f),
            Point::Relative(None, steps) => write!(f, "{steps:+}"),
            Point::Relative(Some(anchor), steps) => write!(f, "{anchor}{steps:+}"),
        }
    }
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Head => "head",
            Self::Heads => "heads",
            Self::Base => "base",
            Self::Current => "current",
            Self::Name(name) => name,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_printed_alike() {
        let bare = ["head", "heads", "base", "current", "3f2a9c1b7d04", "+2", "-10"];
        let relative = ["head-2", "heads-1", "base+3", "current+1", "3f2a+1", "001-1"];
        for text in bare.into_iter().chain(relative) {
            assert_eq!(text.parse::<Destination>().unwrap().to_string(), text);
            let in_branch = format!("accounts@{text}");
            assert_eq!(in_branch.parse::<Destination>().unwrap().to_string(), in_branch);
        }
    }

    #[test]
    fn the_parts_are_told_apart() {
        let parsed = |text: &str| text.parse::<Destination>().unwrap();
        assert_eq!(parsed("head"), Destination::head());
        assert_eq!(parsed("heads"), Destination::heads());
        assert_eq!(parsed("base"), Destination::base());
        assert_eq!(parsed("a@+1").point, Point::Relative(None, 1));
        assert_eq!(parsed("001-2").point, Point::Relative(Some(Anchor::Name("001".to_owned())), -2));
        assert_eq!(parsed("+007").to_string(), "+7");
        assert!(parsed("heads").is_absolute() && parsed("a+1").is_absolute());
        assert!(!parsed("a@+1").is_absolute() && !parsed("current").is_absolute());
    }

    #[test]
    fn what_names_no_destination_is_refused_and_says_why() {
        let cases = [
            ("", "an identifier is empty"),
            ("@head", "names no branch: an identifier is empty"),
            ("a@", "an identifier is empty"),
            ("a@b@head", "the identifier \"b@head\" contains '@'"),
            ("head@a", "names no branch: `head` has a meaning of its own"),
            ("none", "`none` has a meaning of its own"),
            ("a b", "contains ' '"),
            ("a:b", "contains ':'"),
            ("+", "`+` is no number of steps"),
            ("-x", "`-x` is no number of steps"),
            ("a+1x", "`+1x` is no number of steps"),
            ("++1", "contains '+'"),
            ("a+1+1", "contains '+'"),
            ("+0", "no step is zero revisions wide"),
            ("a-0", "no step is zero revisions wide"),
            ("+99999999999", "99999999999 is more steps than any history has"),
        ];
        for (text, expected) in cases {
            let error = text.parse::<Destination>().unwrap_err();
            assert!(error.is_destination(), "{error}");
            assert!(error.problem().contains(&format!("`{text}` names no destination")), "{error}");
            assert!(error.problem().contains(expected), "{error} does not say {expected}");
        }
    }
}
