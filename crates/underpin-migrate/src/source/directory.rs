//! Revisions from the files of a directory.

use std::path::Path;

use super::{Revisions, tree};
use crate::{Result, Revision};

impl Revisions {
    /// Reads every `*.sql` file of a directory and of the directories inside of it. What is hidden, by a name that
    /// begins with a dot, and what has another ending is passed over.
    ///
    /// # Errors
    /// A directory or a file that cannot be read; the first file that is not well formed.
    pub fn directory(path: impl AsRef<Path>) -> Result<Self> {
        let mut revisions = Vec::new();
        for path in tree::files(path.as_ref())? {
            if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("sql")) {
                let bytes = tree::read(&path)?;
                revisions.push(Revision::parse_bytes(&path.to_string_lossy(), &bytes)?.at_path(path));
            }
        }
        Ok(Self::sorted(revisions))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn text(id: &str) -> String {
        format!("-- Do {id}\n--\n-- revision: {id}\n-- revises: none\n\n-- +upgrade\n")
    }

    #[test]
    fn sql_files_are_read_in_the_order_of_their_names() {
        let directory = tempfile::tempdir().unwrap();
        for (file, id) in [("b.sql", "1"), ("a.SQL", "2"), (".hidden.sql", "3"), ("notes.md", "4")] {
            fs::write(directory.path().join(file), text(id)).unwrap();
        }
        for (folder, id) in [("folder.sql", "5"), (".git", "6"), ("2026", "7")] {
            fs::create_dir(directory.path().join(folder)).unwrap();
            fs::write(directory.path().join(folder).join("c.sql"), text(id)).unwrap();
        }
        let revisions = Revisions::directory(directory.path()).unwrap();
        assert_eq!(revisions.iter().map(Revision::id).collect::<Vec<_>>(), ["7", "2", "1", "5"]);
        assert!(revisions.iter().all(|revision| revision.path() == Some(Path::new(revision.file()))));
        assert_eq!(revisions.iter().next().unwrap().path(), Some(&*directory.path().join("2026/c.sql")));
    }

    #[test]
    fn a_directory_that_is_not_there_is_named() {
        let error = Revisions::directory("no/such/directory").unwrap_err();
        assert!(error.is_source() && error.problem().contains("no/such/directory"), "{error}");
        assert!(std::error::Error::source(&error).is_some());
    }

    #[test]
    fn a_file_that_is_not_utf8_is_named() {
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join("a.sql"), b"-- caf\xe9\n").unwrap();
        let error = Revisions::directory(directory.path()).unwrap_err();
        assert!(error.is_script() && error.file().is_some_and(|file| file.ends_with("a.sql")), "{error}");
    }
}
