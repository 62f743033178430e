//! The markers between the sections of a revision file: `-- +upgrade postgres no-transaction`.

use super::error::Fault;
use super::lexer::Token;
use super::statement::Statement;
use crate::Dialect;

/// Which way a section goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From the parent of a revision to the revision.
    Upgrade,
    /// From a revision back to its parent.
    Downgrade,
}

impl Direction {
    /// `upgrade` or `downgrade`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Upgrade => "upgrade",
            Self::Downgrade => "downgrade",
        }
    }
}

impl std::fmt::Display for Direction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// One section of a revision file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    pub(crate) direction: Direction,
    pub(crate) dialect: Option<Dialect>,
    pub(crate) transaction: bool,
    pub(crate) line: usize,
    pub(crate) statements: Vec<Statement>,
}

impl Section {
    /// Which way it goes.
    #[must_use]
    pub fn direction(&self) -> Direction {
        self.direction
    }

    /// The dialect that it is for; none if it is for every one.
    #[must_use]
    pub fn dialect(&self) -> Option<Dialect> {
        self.dialect
    }

    /// Its statements run in a transaction.
    #[must_use]
    pub fn is_transactional(&self) -> bool {
        self.transaction
    }

    /// The line of its marker, counted from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// Its statements, in the order in which they stand.
    #[must_use]
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }

    /// It runs when a database of this dialect goes that way.
    pub(crate) fn applies(&self, direction: Direction, dialect: Dialect) -> bool {
        self.direction == direction && self.dialect.is_none_or(|own| own == dialect)
    }
}

/// What a line comment is.
pub(crate) enum Comment {
    Plain,
    /// It begins a section, or tries to.
    Marker,
    /// It would begin a section if it stood at the beginning of its line.
    Misplaced,
}

pub(crate) fn comment(text: &str, token: Token<'_>) -> Comment {
    let at_line_start =
        text.get(..token.start).is_none_or(|before| before.is_empty() || before.ends_with('\n'));
    match marker_words(token.text).next() {
        Some(_) if at_line_start => Comment::Marker,
        Some("upgrade" | "downgrade") => Comment::Misplaced,
        _ => Comment::Plain,
    }
}

/// The words behind the plus sign; none if the line is no marker.
fn marker_words(line: &str) -> impl Iterator<Item = &str> {
    let content = line.strip_prefix("--").map_or("", str::trim_start);
    let words =
        content.strip_prefix('+').filter(|rest| rest.starts_with(|first: char| first.is_alphabetic()));
    words.unwrap_or_default().split_whitespace()
}

/// The line is a marker, well formed or not.
pub(crate) fn is_marker(line: &str) -> bool {
    marker_words(line).next().is_some()
}

/// Reads the marker on line `number` into a section that has no statements yet.
pub(crate) fn parse(line: &str, number: usize) -> Result<Section, Fault> {
    let mut words = marker_words(line);
    let direction = match words.next() {
        Some("upgrade") => Direction::Upgrade,
        Some("downgrade") => Direction::Downgrade,
        other => return Err(unknown(number, other.unwrap_or_default())),
    };
    let mut section =
        Section { direction, dialect: None, transaction: true, line: number, statements: Vec::new() };
    for word in words {
        match (word, Dialect::named(word)) {
            ("no-transaction", _) if section.transaction => section.transaction = false,
            (_, Some(dialect)) if section.dialect.is_none() && section.transaction => {
                section.dialect = Some(dialect)
            }
            _ => return Err(unknown(number, word)),
        }
    }
    Ok(section)
}

/// The fault of a marker that is not at the beginning of its line.
pub(crate) fn misplaced(line: usize) -> Fault {
    Fault::new(
        line,
        "a section marker stands behind other text",
        "put it at the beginning of a line of its own",
    )
}

fn unknown(line: usize, word: &str) -> Fault {
    Fault::new(
        line,
        format!("a section marker does not know `{word}` here"),
        "write `-- +upgrade` or `-- +downgrade`, then if needed `postgres` or `sqlite`, then if needed `no-transaction`",
    )
}
