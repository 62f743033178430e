//! The error of a revision file that cannot be read: where, what, and what to do.

use std::fmt;

/// A revision file that is not well formed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptError(Box<Inner>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Inner {
    file: String,
    fault: Fault,
}

/// What is wrong with a text of which nobody has said yet in which file it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The line, counted from 1.
    pub(crate) line: usize,
    pub(crate) problem: String,
    pub(crate) hint: String,
}

impl Fault {
    pub(crate) fn new(line: usize, problem: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { line, problem: problem.into(), hint: hint.into() }
    }

    pub(crate) fn of_file(self, file: &str) -> ScriptError {
        ScriptError(Box::new(Inner { file: file.to_owned(), fault: self }))
    }
}

impl ScriptError {
    /// The file, as its source named it.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.0.file
    }

    /// The line, counted from 1; 1 too where the file as a whole is meant.
    #[must_use]
    pub fn line(&self) -> usize {
        self.0.fault.line
    }

    /// What is wrong, without the place.
    #[must_use]
    pub fn problem(&self) -> &str {
        &self.0.fault.problem
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> &str {
        &self.0.fault.hint
    }
}

impl fmt::Display for ScriptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}; {}", self.file(), self.line(), self.problem(), self.hint())
    }
}

impl std::error::Error for ScriptError {}
