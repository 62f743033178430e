//! What of one revision belongs together: a transaction, statements outside of any, a batch, a call.

use crate::script::{Batch, SectionBody};
use crate::{Dialect, Direction, Revision, Statement};

/// What of one revision belongs together.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stage {
    /// Statements that run in one transaction.
    Transaction(Vec<Statement>),
    /// Statements that each run by themselves.
    Outside(Vec<Statement>),
    /// A statement that runs again and again, over a range of keys at a time, each time in a transaction of its own.
    Batch(Batch),
    /// A function that the program has registered.
    Call {
        /// The name under which it was registered.
        name: String,
        /// Everything that it does is one transaction.
        transaction: bool,
        /// The line of the section that calls it.
        line: usize,
    },
}

impl Stage {
    /// The stages of a revision on its way up or down; none if it does nothing on this dialect. Neighbouring sections
    /// of the same kind are one stage.
    pub(super) fn of_revision(revision: &Revision, direction: Direction, dialect: Dialect) -> Vec<Self> {
        let mut stages: Vec<Self> = Vec::new();
        for section in revision.sections_for(direction, dialect) {
            let transaction = section.is_transactional();
            let statements = match section.body() {
                SectionBody::Statements(statements) if statements.is_empty() => continue,
                SectionBody::Statements(statements) => statements,
                SectionBody::Batch(batch) => {
                    stages.push(Self::Batch(batch.clone()));
                    continue;
                }
                SectionBody::Call(name) => {
                    stages.push(Self::Call { name: name.clone(), transaction, line: section.line() });
                    continue;
                }
            };
            match (stages.last_mut(), transaction) {
                (Some(Self::Transaction(last)), true) | (Some(Self::Outside(last)), false) => {
                    last.extend_from_slice(statements);
                }
                (_, true) => stages.push(Self::Transaction(statements.clone())),
                (_, false) => stages.push(Self::Outside(statements.clone())),
            }
        }
        stages
    }

    /// The statements, in the order in which they stand; none if it is a call.
    #[must_use]
    pub fn statements(&self) -> &[Statement] {
        match self {
            Self::Transaction(statements) | Self::Outside(statements) => statements,
            Self::Batch(batch) => std::slice::from_ref(batch.statement()),
            Self::Call { .. } => &[],
        }
    }

    /// How many entries of a revision's progress it is.
    pub(crate) fn size(&self) -> usize {
        match self {
            Self::Transaction(statements) | Self::Outside(statements) => statements.len(),
            Self::Batch(_) | Self::Call { .. } => 1,
        }
    }
}
