//! Where the demo happens: in the database that is named, or in a new file.

use std::path::PathBuf;

use underpin_cli::redacted;

use crate::error::Error;
use crate::keys;

/// A database and a directory for the demo.
pub(super) struct Place {
    pub(super) url: String,
    /// The directory in which the files are kept.
    pub(super) store: PathBuf,
    /// How it is called on the screen: without a password.
    pub(super) name: String,
    /// Whether it was made for this demo.
    pub(super) is_new: bool,
    /// The file of the keys, if it was made for this demo.
    pub(super) keys: Option<PathBuf>,
}

impl Place {
    /// A new database gets new keys, unless some are configured. One that is there may have numbers under other keys, which
    /// nobody could read any more beside those of the demo.
    ///
    /// # Errors
    /// If there is no place for a new file, or a database that is named has no keys.
    pub(super) fn choose(url: Option<String>, store: PathBuf, has_keys: bool) -> Result<Self, Error> {
        if let Some(url) = url {
            if !has_keys {
                return Err(keys::missing());
            }
            return Ok(Self { name: redacted(&url), url, store, is_new: false, keys: None });
        }
        let directory = tempfile::Builder::new().prefix("documents-demo-").tempdir().map_err(|error| {
            Error::mistake(
                format!("there is no place for a new file in {}: {error}", std::env::temp_dir().display()),
                "set TMPDIR to a directory in which you may write, or give --database-url",
            )
        })?;
        // Kept, so that one can look around in it afterwards.
        let directory = directory.keep();
        let keys = (!has_keys).then(|| directory.join("documents.keys"));
        keys.as_deref().map(keys::make).transpose()?;
        let url = format!("sqlite:{}", directory.join("documents.db").display());
        Ok(Self { name: url.clone(), url, store: directory.join("store"), is_new: true, keys })
    }
}
