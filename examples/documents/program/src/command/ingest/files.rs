//! The files of a directory and of those below it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::Error;

/// Something in a directory.
#[derive(Debug)]
pub(in crate::command) struct Found {
    pub(in crate::command) path: PathBuf,
    /// Why it cannot be taken in, if that is clear already.
    pub(in crate::command) refused: Option<String>,
}

/// All that is in a directory, in the order of its names. Links are not followed: they may lead anywhere.
///
/// # Errors
/// If the directory itself cannot be read.
pub(in crate::command) fn files(folder: &Path) -> Result<Vec<Found>, Error> {
    let mut found = Vec::new();
    collect(folder, &mut found).map_err(|error| {
        Error::mistake(format!("{} cannot be read: {error}", folder.display()), "name a directory with files")
    })?;
    Ok(found)
}

fn collect(folder: &Path, found: &mut Vec<Found>) -> std::io::Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let refused = match entry.file_type() {
            Ok(kind) if kind.is_dir() => match collect(&path, found) {
                Ok(()) => continue,
                Err(error) => Some(format!("it cannot be read: {error}")),
            },
            Ok(kind) if kind.is_file() => None,
            Ok(kind) if kind.is_symlink() => Some("it is a link".to_owned()),
            Ok(_) => Some("it is no file".to_owned()),
            Err(error) => Some(format!("it cannot be read: {error}")),
        };
        found.push(Found { path, refused });
    }
    Ok(())
}
