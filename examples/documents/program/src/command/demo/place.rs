//! Where the demo happens: in the database that is named, or in a new file.

use std::path::PathBuf;

use underpin_cli::redacted;

use crate::error::Error;

/// A database and a directory for the demo.
pub(super) struct Place {
    pub(super) url: String,
    /// The directory in which the files are kept.
    pub(super) store: PathBuf,
    /// How it is called on the screen: without a password.
    pub(super) name: String,
    /// Whether it was made for this demo.
    pub(super) is_new: bool,
}

impl Place {
    /// # Errors
    /// If there is no place for a new file.
    pub(super) fn choose(url: Option<String>, store: PathBuf) -> Result<Self, Error> {
        if let Some(url) = url {
            return Ok(Self { name: redacted(&url), url, store, is_new: false });
        }
        let directory = tempfile::Builder::new().prefix("documents-demo-").tempdir().map_err(|error| {
            Error::mistake(
                format!("there is no place for a new file in {}: {error}", std::env::temp_dir().display()),
                "set TMPDIR to a directory in which you may write, or give --database-url",
            )
        })?;
        // Kept, so that one can look around in it afterwards.
        let directory = directory.keep();
        let url = format!("sqlite:{}", directory.join("documents.db").display());
        Ok(Self { name: url.clone(), url, store: directory.join("store"), is_new: true })
    }
}
