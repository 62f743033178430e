//! Which keys secrets are encrypted with.

use std::env;
use std::path::{Path, PathBuf};

use underpin::secrets::KeyRing;

use crate::error::Error;

/// The ring of the file that the option names, or else the one that the environment gives, if any.
///
/// # Errors
/// If there is one that cannot be used.
pub(crate) fn find(option: Option<&Path>) -> Result<Option<KeyRing>, Error> {
    match option {
        Some(path) => Ok(Some(KeyRing::from_file(path)?)),
        None => Ok(KeyRing::configured()?),
    }
}

/// As [`find`], for a command that cannot do without.
pub(crate) fn needed(option: Option<&Path>) -> Result<KeyRing, Error> {
    find(option)?.ok_or_else(missing)
}

/// That a key is needed, and none is configured.
pub(crate) fn missing() -> Error {
    Error::mistake(
        "no key is configured, and secrets need one",
        "set UNDERPIN_KEY_FILE to a key file of mode 0600, or give --key-file; `finance demo` without a database makes one",
    )
}

/// The ring, and its file if it is in one.
#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) ring: KeyRing,
    pub(crate) file: Option<PathBuf>,
}

/// As [`needed`], for a command that may change the file.
pub(crate) fn needed_file(option: Option<&Path>) -> Result<Kept, Error> {
    let ring = needed(option)?;
    let named = || env::var_os(KeyRing::FILE_VARIABLE).filter(|path| !path.is_empty()).map(PathBuf::from);
    Ok(Kept { ring, file: option.map(Path::to_owned).or_else(named) })
}
