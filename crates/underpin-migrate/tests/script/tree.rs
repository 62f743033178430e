//! Directories for tests, written down in few words.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

/// A directory with these files; directories inside of it are made as the names say.
pub(crate) fn tree(files: &[(&str, impl AsRef<[u8]>)]) -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = directory.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    directory
}

/// A message without the directory that is another one in every run.
pub(crate) fn shortened(message: &str, directory: &Path) -> String {
    message.replace(&format!("{}/", directory.display()), "").replace(&directory.display().to_string(), ".")
}
