//! Why a line of a file is refused.

use std::fmt;

use super::lines::LONGEST;
use crate::output::visible;

/// Why a line is refused. All other lines are not touched by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reason {
    /// The line has more bytes than are read.
    TooLong,
    /// A quote is opened and not closed on the line.
    OpenQuote,
    /// The line ends before this column.
    NoColumn(&'static str),
    /// What stands in this column is no UTF-8 text.
    NotText(&'static str),
    /// What stands in this column is none of its values: the text, and why.
    Invalid(&'static str, String, String),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => write!(f, "the line has more than {LONGEST} bytes"),
            Self::OpenQuote => f.write_str("a quote is opened and not closed on this line"),
            Self::NoColumn(column) => write!(f, "the line ends before the column {column}"),
            Self::NotText(column) => write!(f, "the {column} is not UTF-8 text"),
            Self::Invalid(column, text, why) => write!(f, "the {column} {}: {why}", visible(text)),
        }
    }
}
