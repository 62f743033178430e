//! Revisions from the files of a directory.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Revisions;
use crate::error::Kind;
use crate::{MigrateError, Result, Revision};

/// Deeper than that, a link surely leads back to a directory above it.
const MOST_LEVELS: usize = 16;

impl Revisions {
    /// Reads every `*.sql` file of a directory and of the directories inside of it. What is hidden, by a name that
    /// begins with a dot, and files with other endings are passed over.
    ///
    /// # Errors
    /// A directory or a file that cannot be read; the first file that is not well formed.
    pub fn directory(path: impl AsRef<Path>) -> Result<Self> {
        let mut files = Vec::new();
        list(path.as_ref(), 0, &mut files)?;
        let mut revisions = Vec::with_capacity(files.len());
        for path in files {
            let bytes = fs::read(&path).map_err(|error| {
                unreadable("the revision file", &path, "check that it may be read", error)
            })?;
            revisions.push(Revision::parse_bytes(&path.to_string_lossy(), &bytes)?.at_path(path));
        }
        Ok(Self::sorted(revisions))
    }
}

/// Adds the paths of all revision files.
fn list(directory: &Path, level: usize, files: &mut Vec<PathBuf>) -> Result<()> {
    if level > MOST_LEVELS {
        let problem = format!("{} is more than {MOST_LEVELS} directories deep", directory.display());
        let hint = "look for a link that leads back to a directory above it";
        return Err(MigrateError::new(Kind::Source, problem, hint));
    }
    let failed = |error| {
        let hint = "check that it is a directory, that it exists and that it may be read";
        unreadable("the migrations directory", directory, hint, error)
    };
    for entry in fs::read_dir(directory).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let (path, kind) = (entry.path(), entry.file_type().map_err(failed)?);
        if path.file_name().and_then(OsStr::to_str).is_some_and(|name| name.starts_with('.')) {
            continue;
        }
        if kind.is_dir() || (kind.is_symlink() && path.is_dir()) {
            list(&path, level + 1, files)?;
        } else if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("sql")) {
            // A link that leads nowhere is kept: that it cannot be read is said when it is read.
            files.push(path);
        }
    }
    Ok(())
}

fn unreadable(what: &str, path: &Path, hint: &str, error: io::Error) -> MigrateError {
    MigrateError::new(Kind::Source, format!("{what} {} cannot be read", path.display()), hint)
        .caused_by(error)
}

#[cfg(test)]
mod tests {
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
