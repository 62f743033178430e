//! One SQL statement and the line on which it stands.

use std::fmt;

use super::error::{Fault, ScriptError};
use super::grammar::Grammar;
use super::split::{self, Span};
use super::text;
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
}

impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Splits plain SQL, which has neither header nor sections, into its statements.
///
/// # Errors
/// A quote, a comment, a parenthesis or a body that is not closed; transaction control; a section marker.
pub fn statements(file: &str, sql: &str, dialect: Dialect) -> Result<Vec<Statement>, ScriptError> {
    let text = text::normalised(sql);
    let split = split::split(&text, 0, 1, Grammar::of(dialect)).map_err(|fault| fault.of_file(file))?;
    if split.end < text.len() {
        let fault = Fault::new(
            split.end_line,
            "a section marker stands in plain SQL",
            "give the file a revision's header",
        );
        return Err(fault.of_file(file));
    }
    Ok(split.statements.into_iter().map(|span| Statement::of_span(&text, span)).collect())
}
