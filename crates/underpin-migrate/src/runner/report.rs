//! What a run tells while it goes on.

use std::fmt;
use std::time::Duration;

use crate::Step;

/// Hears of a run while it goes on: to show progress, or to log.
///
/// It is called between two statements, so it should not take long.
pub trait Report: Send + Sync {
    /// Something happened.
    fn event(&self, event: &Event<'_>);
}

/// What happened.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Event<'e> {
    /// Another runner has the lock, and this one waits for it. Told again every few seconds.
    LockHeld {
        /// Who has it, if that can be seen.
        holder: Option<&'e Holder>,
        /// How long this one has waited.
        waited: Duration,
    },
    /// A revision begins.
    StepStarted {
        /// The revision.
        step: &'e Step,
        /// Its number in the run, counted from 1.
        number: usize,
        /// How many there are.
        of: usize,
        /// How many of its statements an earlier run has done.
        done: usize,
    },
    /// Something that an earlier attempt left behind is cleared away before the statement runs.
    CleanedUp {
        /// The revision.
        step: &'e Step,
        /// The line of the statement.
        line: usize,
        /// What was found and what was done about it.
        what: &'e str,
    },
    /// A statement waits for a lock.
    Waiting {
        /// The revision.
        step: &'e Step,
        /// The line of the statement.
        line: usize,
        /// Who is in the way.
        holder: &'e Holder,
        /// How long it has waited.
        waited: Duration,
    },
    /// Somebody was in the way for too long. What was begun has been rolled back, and is tried again after a pause.
    Retrying {
        /// The revision.
        step: &'e Step,
        /// The line of the statement.
        line: usize,
        /// How many times it has been tried.
        attempt: u32,
        /// How long until the next attempt.
        pause: Duration,
        /// Who was in the way, if that could be seen.
        holder: Option<&'e Holder>,
    },
    /// A statement is done.
    StatementDone {
        /// The revision.
        step: &'e Step,
        /// The line of the statement.
        line: usize,
        /// How many of the revision's statements are done; until their transaction commits they may be rolled back.
        done: usize,
        /// How many there are.
        total: usize,
    },
    /// A part of a batch is done.
    BatchDone {
        /// The revision.
        step: &'e Step,
        /// The line of its statement.
        line: usize,
        /// How many rows of the table this run has passed.
        rows: u64,
    },
    /// A function of the program says how far it has got.
    CallProgress {
        /// The revision.
        step: &'e Step,
        /// The function.
        name: &'e str,
        /// How much is done, in whatever it counts.
        done: u64,
        /// How much there is, if it knows.
        total: Option<u64>,
    },
    /// A revision is done.
    StepFinished {
        /// The revision.
        step: &'e Step,
        /// How long it took in this run.
        took: Duration,
    },
}

/// Who is in the way.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Holder {
    /// The process: of the server (PostgreSQL), or of the other runner (SQLite).
    pub pid: Option<u32>,
    /// What its session does or did last, without the values in it, shortened.
    pub query: Option<String>,
    /// How old its transaction is, or the session if it has none.
    pub age: Option<Duration>,
    /// The name that the other program gave itself.
    pub application: Option<String>,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.pid {
            Some(pid) => write!(f, "process {pid}")?,
            None => f.write_str("an unknown process")?,
        }
        if let Some(application) = &self.application {
            write!(f, " of {application}")?;
        }
        if let Some(age) = self.age {
            write!(f, ", for {} s", age.as_secs())?;
        }
        match &self.query {
            Some(query) => write!(f, ": {query}"),
            None => Ok(()),
        }
    }
}
