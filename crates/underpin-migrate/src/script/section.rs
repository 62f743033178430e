//! A section of a revision file: what one database does on its way up or down.

use super::batch::Batch;
use super::error::Fault;
use super::marker::{Marker, Work};
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
    direction: Direction,
    dialect: Option<Dialect>,
    transaction: bool,
    line: usize,
    body: SectionBody,
}

/// What a section does.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SectionBody {
    /// It runs statements, in the order in which they stand.
    Statements(Vec<Statement>),
    /// It runs one statement over and over, for a part of a table's rows at a time.
    Batch(Batch),
    /// It calls the function that the program has registered by this name.
    Call(String),
}

impl Section {
    /// The section of a marker on line `line`, with the statements that follow it.
    pub(crate) fn new(marker: Marker<'_>, line: usize, statements: Vec<Statement>) -> Result<Self, Fault> {
        let Marker { direction, dialect, transaction, work } = marker;
        let body = match (work, statements.first()) {
            (Work::Statements, _) => SectionBody::Statements(statements),
            (Work::Batch(keys), _) => SectionBody::Batch(Batch::new(keys, line, dialect, statements)?),
            (Work::Call(name), None) => SectionBody::Call(name.to_owned()),
            (Work::Call(name), Some(first)) => {
                return Err(Fault::new(
                    first.line(),
                    format!("a statement stands in the section that calls `{name}`"),
                    "begin a section for it with a marker of its own",
                ));
            }
        };
        Ok(Self { direction, dialect, transaction, line, body })
    }

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

    /// What it does happens in a transaction; for a batch, each batch in one of its own.
    #[must_use]
    pub fn is_transactional(&self) -> bool {
        self.transaction
    }

    /// The line of its marker, counted from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// What it does.
    #[must_use]
    pub fn body(&self) -> &SectionBody {
        &self.body
    }

    /// Its statements, in the order in which they stand; none if it is a batch or a call.
    #[must_use]
    pub fn statements(&self) -> &[Statement] {
        match &self.body {
            SectionBody::Statements(statements) => statements,
            SectionBody::Batch(_) | SectionBody::Call(_) => &[],
        }
    }

    /// It does nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(&self.body, SectionBody::Statements(statements) if statements.is_empty())
    }

    /// It runs when a database of this dialect goes that way.
    pub(crate) fn applies(&self, direction: Direction, dialect: Dialect) -> bool {
        self.direction == direction && self.dialect.is_none_or(|own| own == dialect)
    }
}
