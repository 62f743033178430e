//! Where revisions come from: a directory, or the program itself.

mod directory;
mod embedded;
pub(crate) mod tree;

pub use embedded::Embedded;

use crate::{Revision, ScriptError};

/// The revisions of one source, read and checked one by one, in the order of their file names.
///
/// What they are to each other is the matter of [`Graph`](crate::Graph).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Revisions(Vec<Revision>);

impl Revisions {
    /// Revisions that are compiled into the program: the name and the text of each file.
    ///
    /// ```
    /// # use underpin_migrate::Revisions;
    /// let revisions = Revisions::embedded(&[(
    ///     "001_users.sql",
    ///     "-- Create users\n--\n-- revision: 001\n-- revises: none\n\n-- +upgrade\nCREATE TABLE users (id integer);\n",
    /// )])?;
    /// assert_eq!(revisions.iter().map(|revision| revision.id()).collect::<Vec<_>>(), ["001"]);
    /// # Ok::<(), underpin_migrate::ScriptError>(())
    /// ```
    ///
    /// # Errors
    /// The first file that is not well formed.
    pub fn embedded(files: &[(&str, &str)]) -> Result<Self, ScriptError> {
        let revisions = files.iter().map(|(file, text)| Revision::parse(file, text));
        Ok(Self::sorted(revisions.collect::<Result<_, _>>()?))
    }

    fn sorted(mut revisions: Vec<Revision>) -> Self {
        revisions.sort_by(|a, b| a.file().cmp(b.file()));
        Self(revisions)
    }

    /// The revisions, in the order of their file names.
    pub fn iter(&self) -> std::slice::Iter<'_, Revision> {
        self.0.iter()
    }

    pub(crate) fn into_vec(self) -> Vec<Revision> {
        self.0
    }
}

impl<'a> IntoIterator for &'a Revisions {
    type Item = &'a Revision;
    type IntoIter = std::slice::Iter<'a, Revision>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
