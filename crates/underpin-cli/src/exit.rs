//! How a command ends, as its caller sees it.

use std::process::ExitCode;

/// The exit code of a command. A run that has several takes the greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Everything was done.
    Done = 0,
    /// A check failed.
    Failed = 1,
    /// The user has to say it in another way, or a file is not as it must be.
    Mistake = 2,
    /// The database did not do it.
    Database = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
