//! The workspace as the rules see it: its Rust files.

use std::{
    error, fmt, fs, io,
    path::{Path, PathBuf},
};

use crate::Source;

/// All that the rules look at.
#[derive(Clone, Debug, Default)]
pub struct Workspace {
    /// Every Rust file, ordered by path.
    pub sources: Vec<Source>,
}

/// The workspace could not be read, or there was nothing in it.
#[derive(Debug)]
pub struct ReadError(String);

impl ReadError {
    fn io(path: &Path, error: &io::Error) -> Self {
        Self(format!("cannot read {}: {error}", path.display()))
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl error::Error for ReadError {}

impl Workspace {
    /// Reads the workspace whose root manifest is in `root`.
    ///
    /// # Errors
    /// If a folder or file cannot be read, or there is no Rust file: a check of nothing must not pass.
    pub fn read(root: &Path) -> Result<Self, ReadError> {
        let mut paths = Vec::new();
        walk(root, &mut paths)?;
        paths.sort();
        let sources = paths.iter().map(|path| read_source(root, path)).collect::<Result<Vec<_>, _>>()?;
        if sources.is_empty() {
            return Err(ReadError(format!("no Rust file below {}: nothing was checked", root.display())));
        }
        Ok(Self { sources })
    }

    /// A workspace of texts, for the tests of the rules.
    #[cfg(test)]
    pub(crate) fn of_files(files: &[(&str, &str)]) -> Self {
        let sources = files.iter().map(|(path, text)| Source::new(*path, *text)).collect();
        Self { sources }
    }
}

/// Collects `.rs` files; passes over build output, hidden folders and symbolic links.
fn walk(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<(), ReadError> {
    for entry in fs::read_dir(folder).map_err(|error| ReadError::io(folder, &error))? {
        let entry = entry.map_err(|error| ReadError::io(folder, &error))?;
        let path = entry.path();
        let kind = entry.file_type().map_err(|error| ReadError::io(&path, &error))?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if kind.is_dir() && name != "target" && !name.starts_with('.') {
            walk(&path, paths)?;
        } else if kind.is_file() && name.ends_with(".rs") {
            paths.push(path);
        }
    }
    Ok(())
}

fn read_source(root: &Path, path: &Path) -> Result<Source, ReadError> {
    let text = fs::read_to_string(path).map_err(|error| ReadError::io(path, &error))?;
    let relative = path.strip_prefix(root).unwrap_or(path);
    let names: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    Ok(Source::new(names.join("/"), text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_file_is_an_error() {
        let empty = std::env::temp_dir().join(format!("xtask-empty-{}", std::process::id()));
        fs::create_dir_all(&empty).unwrap();
        let read = Workspace::read(&empty);
        fs::remove_dir(&empty).unwrap();
        assert!(read.unwrap_err().to_string().contains("no Rust file"));
    }

    #[test]
    fn no_folder_is_an_error() {
        let read = Workspace::read(Path::new("/no/such/folder"));
        assert!(read.unwrap_err().to_string().contains("/no/such/folder"));
    }
}
