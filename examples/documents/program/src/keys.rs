//! The keys that the numbers of accounts are encrypted with.

use std::path::Path;

use documents_adapter::KEYS;
use underpin::secrets::KeyRing;

use crate::error::Error;

/// Takes the keys of the file that the option names, or else those that the environment gives; tells whether there are any.
///
/// # Errors
/// If there are some that cannot be used.
pub(crate) fn load_any(option: Option<&Path>) -> Result<bool, Error> {
    let ring = match option {
        Some(path) => Some(KeyRing::from_file(path)?),
        None => KeyRing::configured()?,
    };
    let found = ring.is_some();
    ring.into_iter().for_each(|ring| KEYS.load(ring));
    Ok(found)
}

/// As [`load_any`], for a command that cannot do without.
pub(crate) fn load(option: Option<&Path>) -> Result<(), Error> {
    if load_any(option)? { Ok(()) } else { Err(missing()) }
}

/// That a key is needed, and none is configured.
pub(crate) fn missing() -> Error {
    Error::mistake(
        "no key is configured, and the numbers of accounts need one",
        "set UNDERPIN_KEY_FILE to a key file of mode 0600, or give --key-file; `documents demo` without a database makes one",
    )
}

/// Makes keys, and a file for them that its owner alone may read.
///
/// # Errors
/// If there is a file already, or no place for one.
pub(crate) fn make(path: &Path) -> Result<(), Error> {
    let ring = KeyRing::generate()?;
    ring.create_file(path)?;
    KEYS.load(ring);
    Ok(())
}
