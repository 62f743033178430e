//! What `underpin.toml` says, if there is one.

mod encrypted_column;
mod file;
mod hook;
mod template;

use std::path::{Path, PathBuf};

use underpin::secrets::StoredColumn;

pub(crate) use encrypted_column::EncryptedColumn;
pub(crate) use file::find;
pub(crate) use hook::Hook;
pub(crate) use template::{NAME, TEMPLATE};

/// What is configured; a program without a file has the defaults.
#[derive(Debug, Clone, Default)]
pub(crate) struct Config {
    /// The file.
    pub(crate) file: Option<PathBuf>,
    /// Where the revision files are, beside the file.
    pub(crate) migrations: Option<PathBuf>,
    /// The database; a path in it is beside the file.
    pub(crate) url: Option<String>,
    /// How a new file is named.
    pub(crate) file_template: Option<String>,
    /// How many characters of a message are in a file's name.
    pub(crate) truncate_slug_length: Option<usize>,
    /// What runs over each new file, in this order.
    pub(crate) hooks: Vec<Hook>,
    /// The key ring, beside the file.
    pub(crate) key_file: Option<PathBuf>,
    /// The encrypted columns of the database.
    pub(crate) encrypted: Vec<StoredColumn>,
}

impl Config {
    /// Where commands are run that the file names, and where its paths begin.
    pub(crate) fn directory(&self) -> &Path {
        let parent = self.file.as_deref().and_then(Path::parent);
        parent.filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
    }
}
