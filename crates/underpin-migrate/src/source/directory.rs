//! Revisions from the files of a directory.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Revisions;
use crate::error::Kind;
use crate::{MigrateError, Result, Revision};

impl Revisions {
    /// Reads every `*.sql` file of a directory. Folders inside of it, hidden files and other endings are passed over.
    ///
    /// # Errors
    /// A directory or a file that cannot be read; the first file that is not well formed.
    pub fn directory(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let files = files(path).map_err(|error| {
            let hint = "check that the directory exists and may be read";
            unreadable("the migrations directory", path, hint, error)
        })?;
        let mut revisions = Vec::with_capacity(files.len());
        for file in files {
            let bytes = fs::read(&file)
                .map_err(|error| unreadable("a revision file", &file, "check that it may be read", error))?;
            revisions.push(Revision::parse_bytes(&file.to_string_lossy(), &bytes)?.at_path(file));
        }
        Ok(Self::sorted(revisions))
    }
}

fn files(directory: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        let is_hidden = path.file_name().and_then(OsStr::to_str).is_some_and(|name| name.starts_with('.'));
        let is_sql = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("sql"));
        // A link that leads nowhere is kept: that it cannot be read is said when it is read.
        if is_sql && !is_hidden && !path.is_dir() {
            files.push(path);
        }
    }
    Ok(files)
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
        fs::create_dir(directory.path().join("folder.sql")).unwrap();
        let revisions = Revisions::directory(directory.path()).unwrap();
        assert_eq!(revisions.iter().map(Revision::id).collect::<Vec<_>>(), ["2", "1"]);
        assert!(revisions.iter().all(|revision| revision.path() == Some(Path::new(revision.file()))));
        assert_eq!(revisions.iter().next().unwrap().path(), Some(&*directory.path().join("a.SQL")));
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
