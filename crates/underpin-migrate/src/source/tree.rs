//! The files of a directory and of the directories inside of it.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::Kind;
use crate::{MigrateError, Result};

/// Deeper than that, a link surely leads back to a directory above it.
const MOST_LEVELS: usize = 16;

/// The paths of all files, in their order. What is hidden, by a name that begins with a dot, is passed over.
pub(crate) fn files(directory: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    list(directory, 0, &mut files)?;
    // As texts: thousands of paths take long to compare part by part.
    files.sort_unstable_by(|one, other| one.as_os_str().cmp(other.as_os_str()));
    Ok(files)
}

/// The bytes of a file.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|error| unreadable("the file", path, "check that it may be read", error))
}

fn list(directory: &Path, level: usize, files: &mut Vec<PathBuf>) -> Result<()> {
    if level > MOST_LEVELS {
        let problem = format!("{} is more than {MOST_LEVELS} directories deep", directory.display());
        let hint = "look for a link that leads back to a directory above it";
        return Err(MigrateError::new(Kind::Source, problem, hint));
    }
    let failed = |error| {
        let hint = "check that it exists, that it is a directory and that it may be read";
        unreadable("the directory", directory, hint, error)
    };
    for entry in fs::read_dir(directory).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let (path, kind) = (entry.path(), entry.file_type().map_err(failed)?);
        if path.file_name().and_then(OsStr::to_str).is_some_and(|name| name.starts_with('.')) {
            continue;
        }
        if kind.is_dir() || (kind.is_symlink() && path.is_dir()) {
            list(&path, level + 1, files)?;
        } else if kind.is_file() || kind.is_symlink() {
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
