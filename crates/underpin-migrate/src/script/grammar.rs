//! What the dialects quote and comment differently, as data.

use crate::Dialect;

/// The lexical rules of one dialect, as far as they decide where a statement ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Grammar {
    /// `/* /* */ */` is one comment.
    pub(crate) nested_comments: bool,
    /// `E'\''` is one string.
    pub(crate) escape_strings: bool,
    /// `$tag$ … $tag$` is one string.
    pub(crate) dollar_quotes: bool,
    /// `` `name` `` and `[name]` are identifiers.
    pub(crate) foreign_quotes: bool,
}

impl Grammar {
    pub(crate) fn of(dialect: Dialect) -> Self {
        match dialect {
            Dialect::Postgres => Self {
                nested_comments: true,
                escape_strings: true,
                dollar_quotes: true,
                foreign_quotes: false,
            },
            Dialect::Sqlite => Self {
                nested_comments: false,
                escape_strings: false,
                dollar_quotes: false,
                foreign_quotes: true,
            },
        }
    }
}
