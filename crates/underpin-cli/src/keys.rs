//! Where the key ring is.

use std::env;
use std::path::{Path, PathBuf};

use underpin::secrets::{KeyRing, SecretsError};

use crate::error::{Error, Result};

/// Where the key ring is: in a file, or in a variable of the environment.
#[derive(Debug, Clone)]
pub(crate) enum KeyPlace {
    /// In this file.
    File(PathBuf),
    /// In the environment, or nowhere.
    Environment,
}

impl KeyPlace {
    /// The environment comes before the configuration.
    pub(crate) fn find(configured: Option<PathBuf>) -> Self {
        let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
        if is_set(KeyRing::VARIABLE) {
            return Self::Environment;
        }
        let named = env::var_os(KeyRing::FILE_VARIABLE).filter(|path| !path.is_empty()).map(PathBuf::from);
        named.or(configured).map_or(Self::Environment, Self::File)
    }

    /// The ring.
    ///
    /// # Errors
    /// If there is none, it cannot be read, or it is none.
    pub(crate) fn ring(&self) -> Result<KeyRing, SecretsError> {
        match self {
            // Also tells if a file is named besides.
            Self::Environment => KeyRing::configured()?.ok_or_else(SecretsError::no_ring),
            Self::File(path) => KeyRing::from_file(path),
        }
    }

    /// The file, for a command that writes it.
    ///
    /// # Errors
    /// If the ring is in a variable, which nobody but its owner can change.
    pub(crate) fn file(&self) -> Result<&Path> {
        match self {
            Self::File(path) => Ok(path),
            Self::Environment if KeyRing::configured()?.is_some() => {
                let what = format!(
                    "the key ring is in the variable {}, which this cannot change",
                    KeyRing::VARIABLE
                );
                Err(Error::mistake(
                    what,
                    "change it where the variable is set, or name a file by --keys FILE",
                ))
            }
            Self::Environment => Err(SecretsError::no_ring().into()),
        }
    }
}
