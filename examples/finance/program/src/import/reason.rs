//! Why a line of a file is refused.

use std::fmt;

use finance_domain::InvalidEmail;

use super::lines::LONGEST;
use crate::output::visible;

/// Why a line is refused. All other lines are not touched by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reason {
    /// The line has more bytes than are read.
    TooLong,
    /// A quote is opened and not closed on the line.
    OpenQuote,
    /// The line has too few columns.
    NoColumn,
    /// The line is no JSON object with a text `email`.
    NoObject,
    /// The address is no UTF-8 text.
    NotText,
    /// The address is none.
    Invalid(String, InvalidEmail),
    /// A line before has the same address.
    SameAs(String, u64),
    /// Another user has the address.
    Taken(String),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => write!(f, "the line has more than {LONGEST} bytes"),
            Self::OpenQuote => f.write_str("a quote is opened and not closed on this line"),
            Self::NoColumn => f.write_str("the line ends before the column email"),
            Self::NoObject => f.write_str("not a JSON object with a text \"email\""),
            Self::NotText => f.write_str("the address is not UTF-8 text"),
            Self::Invalid(text, why) => write!(f, "{}: {why}", visible(text)),
            Self::SameAs(text, line) => write!(f, "{}: line {line} has the same address", visible(text)),
            Self::Taken(text) => write!(f, "{}: the email address belongs to another user", visible(text)),
        }
    }
}
