//! Where the demo happens: in the database that is named, or in a new file.

use std::path::PathBuf;

use underpin::secrets::KeyRing;
use underpin_cli::redacted;

use crate::error::Error;

/// A database for the demo.
pub(super) struct Place {
    pub(super) url: String,
    /// How it is called on the screen: without a password.
    pub(super) name: String,
    /// Whether it was made for this demo.
    pub(super) is_new: bool,
    /// Where there is room for more files.
    directory: Option<PathBuf>,
}

/// The keys of the demo.
pub(super) struct Keys {
    pub(super) ring: KeyRing,
    /// The file that was made for them, if none were configured.
    pub(super) made: Option<PathBuf>,
}

impl Place {
    /// # Errors
    /// If there is no place for a new file.
    pub(super) fn choose(url: Option<String>) -> Result<Self, Error> {
        if let Some(url) = url {
            return Ok(Self { name: redacted(&url), url, is_new: false, directory: None });
        }
        let directory = new_directory()?;
        let url = format!("sqlite:{}", directory.join("finance.db").display());
        Ok(Self { name: url.clone(), url, is_new: true, directory: Some(directory) })
    }

    /// The keys that are configured, or new ones in a file that its owner alone may read.
    ///
    /// # Errors
    /// If there is no place for a new file.
    pub(super) fn keys(&self, configured: Option<KeyRing>) -> Result<Keys, Error> {
        if let Some(ring) = configured {
            return Ok(Keys { ring, made: None });
        }
        let directory = match &self.directory {
            Some(directory) => directory.clone(),
            None => new_directory()?,
        };
        let (ring, path) = (KeyRing::generate()?, directory.join("finance.keys"));
        ring.create_file(&path)?;
        Ok(Keys { ring, made: Some(path) })
    }
}

/// A directory that is kept, so that one can look around in it afterwards.
fn new_directory() -> Result<PathBuf, Error> {
    let directory = tempfile::Builder::new().prefix("finance-demo-").tempdir().map_err(|error| {
        Error::mistake(
            format!("there is no place for a new file in {}: {error}", std::env::temp_dir().display()),
            "set TMPDIR to a directory in which you may write, or give --database-url",
        )
    })?;
    Ok(directory.keep())
}
