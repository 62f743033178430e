//! Where the demo happens: in the database that is named, or in a new file.

use std::path::PathBuf;

use underpin::secrets::KeyRing;
use underpin_cli::redacted;

use crate::error::Error;
use crate::keys;

/// A database for the demo, and its keys.
pub(super) struct Place {
    pub(super) url: String,
    /// How it is called on the screen: without a password.
    pub(super) name: String,
    /// Whether it was made for this demo.
    pub(super) is_new: bool,
    pub(super) keys: Keys,
}

/// The keys of the demo.
pub(super) struct Keys {
    pub(super) ring: KeyRing,
    /// The file that was made for them, if none were configured.
    pub(super) made: Option<PathBuf>,
}

impl Place {
    /// A database that is named stays, and so must its keys: none are made for it. Those of a new file lie beside it.
    ///
    /// # Errors
    /// If a database is named and no keys are configured; if there is no place for a new file.
    pub(super) fn choose(url: Option<String>, configured: Option<KeyRing>) -> Result<Self, Error> {
        if let Some(url) = url {
            let keys = Keys { ring: configured.ok_or_else(keys::missing)?, made: None };
            return Ok(Self { name: redacted(&url), url, is_new: false, keys });
        }
        let directory = new_directory()?;
        let url = format!("sqlite:{}", directory.join("finance.db").display());
        let keys = match configured {
            Some(ring) => Keys { ring, made: None },
            None => Keys::make(directory.join("finance.keys"))?,
        };
        Ok(Self { name: url.clone(), url, is_new: true, keys })
    }
}

impl Keys {
    /// New ones, in a file that its owner alone may read.
    fn make(path: PathBuf) -> Result<Self, Error> {
        let ring = KeyRing::generate()?;
        ring.create_file(&path)?;
        Ok(Self { ring, made: Some(path) })
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
