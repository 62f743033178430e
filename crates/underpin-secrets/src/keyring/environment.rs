//! A key ring from variables of the environment.

use std::env;
use std::ffi::OsString;

use zeroize::Zeroizing;

use super::KeyRing;
use crate::SecretsError;

impl KeyRing {
    /// The variable in which a ring may stand as text.
    pub const VARIABLE: &'static str = "UNDERPIN_KEYS";

    /// The variable that may name the file of a ring.
    pub const FILE_VARIABLE: &'static str = "UNDERPIN_KEY_FILE";

    /// The ring that the environment gives: that in [`VARIABLE`](Self::VARIABLE), or that of the file which
    /// [`FILE_VARIABLE`](Self::FILE_VARIABLE) names; `None` if there is neither.
    ///
    /// # Errors
    /// If there are both, or what is there is no ring.
    pub fn configured() -> Result<Option<Self>, SecretsError> {
        configured(env::var_os(Self::VARIABLE), env::var_os(Self::FILE_VARIABLE))
    }

    /// Reads the ring that stands in a variable, or `None` if there is no such variable, or nothing in it.
    ///
    /// # Errors
    /// If what stands there is no ring; it names the variable.
    pub fn from_environment(variable: &str) -> Result<Option<Self>, SecretsError> {
        of_text(variable, env::var_os(variable))
    }
}

fn configured(keys: Option<OsString>, file: Option<OsString>) -> Result<Option<KeyRing>, SecretsError> {
    let ring = of_text(KeyRing::VARIABLE, keys)?;
    match (ring, file.filter(|path| !path.is_empty())) {
        (Some(_), Some(_)) => Err(SecretsError::keys(
            format!("{} and {} are both set", KeyRing::VARIABLE, KeyRing::FILE_VARIABLE),
            "unset one of them, so that it is clear which keys count",
        )),
        (None, Some(path)) => KeyRing::from_file(path).map(Some),
        (ring, None) => Ok(ring),
    }
}

fn of_text(variable: &str, value: Option<OsString>) -> Result<Option<KeyRing>, SecretsError> {
    // What is no UTF-8 is no ring either, and is told so below.
    let text = value.map(|value| Zeroizing::new(value.into_string().unwrap_or_else(|_| "?".to_owned())));
    match text.filter(|text| !text.trim().is_empty()) {
        Some(text) => {
            KeyRing::parse(&text).map(Some).map_err(|error| error.within(format!("the variable {variable}")))
        }
        None => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_place_says_which_keys_count() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys");
        KeyRing::generate().unwrap().with_new_key().unwrap().create_file(&path).unwrap();
        let text = || OsString::from("7:primary:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
        let shown = |ring: Option<KeyRing>| format!("{:?}", ring.unwrap());
        assert_eq!(shown(configured(Some(text()), None).unwrap()), "{7: Primary}");
        assert_eq!(shown(configured(Some(text()), Some("".into())).unwrap()), "{7: Primary}");
        assert_eq!(
            shown(configured(Some(" ".into()), Some(path.clone().into())).unwrap()),
            "{1: Primary, 2: Active}"
        );
        assert!(configured(None, None).unwrap().is_none());
        let error = configured(Some(text()), Some(path.into())).unwrap_err();
        assert_eq!(error.to_string(), "UNDERPIN_KEYS and UNDERPIN_KEY_FILE are both set");
        let error = configured(Some("hunter2".into()), None).unwrap_err();
        assert_eq!(error.to_string(), "the variable UNDERPIN_KEYS: entry 1 of the key ring is not one");
        assert!(
            configured(None, Some("no-such-file".into())).unwrap_err().to_string().contains("no-such-file")
        );
    }
}
