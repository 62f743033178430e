//! One SQL statement and the line on which it stands.

use std::fmt;

use super::grammar::Grammar;
use super::lexer::{Kind, Lexer, Token};
use super::split::Span;
use crate::Dialect;

/// One SQL statement of a file, without its semicolon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    text: String,
    line: usize,
}

impl Statement {
    pub(crate) fn of_span(text: &str, span: Span) -> Self {
        Self { text: text.get(span.start..span.end).unwrap_or_default().to_owned(), line: span.line }
    }

    /// The text, from its first word to its last, comments between them included.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line on which it begins, counted from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// Its keywords and bare identifiers, as they are written and in their order. What is quoted or in a comment is
    /// left out.
    ///
    /// ```
    /// # use underpin_migrate::{Dialect, statements};
    /// let statement = &statements("a.sql", "create /* now */ index \"Ix\" ON t (a);", Dialect::Sqlite)?[0];
    /// assert_eq!(statement.words(Dialect::Sqlite).collect::<Vec<_>>(), ["create", "index", "ON", "t", "a"]);
    /// # Ok::<(), underpin_migrate::ScriptError>(())
    /// ```
    pub fn words(&self, dialect: Dialect) -> impl Iterator<Item = &str> {
        self.tokens(dialect).filter(|token| token.kind == Kind::Word).map(|token| token.text)
    }

    /// Its tokens, without white space and comments.
    pub(crate) fn tokens(&self, dialect: Dialect) -> impl Iterator<Item = Token<'_>> {
        let left_out = [Kind::Space, Kind::LineComment, Kind::BlockComment];
        Lexer::new(&self.text, 0, Grammar::of(dialect)).filter(move |token| !left_out.contains(&token.kind))
    }
}

impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
