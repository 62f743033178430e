//! Revisions that are compiled into a program.

use super::Revisions;
use crate::ScriptError;

/// The revision files of a directory, compiled into the program by `include_migrations!`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Embedded {
    /// The directory, as an absolute path of the machine that compiled the program.
    pub directory: &'static str,
    /// The name of each file, relative to the directory and with slashes, and its text.
    pub files: &'static [(&'static str, &'static str)],
}

impl Embedded {
    /// Reads the revisions.
    ///
    /// # Errors
    /// The first file that is not well formed.
    pub fn revisions(&self) -> Result<Revisions, ScriptError> {
        Revisions::embedded(self.files)
    }
}
