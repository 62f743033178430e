//! Where settings come from: the environment, then a file `.env`.

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsString;

use crate::error::Error;

const ONE_A_LINE: &str =
    "write one NAME=value a line; quote a value that has spaces, `#` or `$`: NAME='value'";

/// All settings by their names. An empty one counts as none.
pub(super) struct Source {
    environment: fn(&str) -> Option<OsString>,
    file: BTreeMap<String, String>,
}

impl Source {
    /// The environment of this program, and the file `.env` in its directory or the nearest one above.
    ///
    /// # Errors
    /// If there is such a file, and it cannot be read or a line of it is malformed.
    pub(super) fn open() -> Result<Self, Error> {
        let file = match dotenvy::dotenv_iter() {
            Ok(lines) => lines.collect::<Result<_, _>>().map_err(|error| malformed(&error))?,
            Err(error) if error.not_found() => BTreeMap::new(),
            Err(error) => return Err(malformed(&error)),
        };
        Ok(Self { environment: |name| env::var_os(name), file })
    }

    #[cfg(test)]
    pub(super) fn of<const N: usize>(file: [(&str, &str); N]) -> Self {
        let file = file.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        Self { environment: |_| None, file }
    }

    /// A setting, if it is there.
    ///
    /// # Errors
    /// If the environment has it, and it is not text.
    pub(super) fn get(&self, name: &str) -> Result<Option<String>, Error> {
        if let Some(value) = (self.environment)(name).filter(|value| !value.is_empty()) {
            let text = value.into_string().map_err(|_| {
                Error::mistake(format!("{name} in the environment is not UTF-8 text"), "set it anew")
            })?;
            return Ok(Some(text));
        }
        Ok(self.file.get(name).filter(|value| !value.is_empty()).cloned())
    }
}

/// A line is quoted by nobody, for it may hold a secret; the name of its setting is.
fn malformed(error: &dotenvy::Error) -> Error {
    let dotenvy::Error::LineParse(line, _) = error else {
        return Error::mistake("the file .env cannot be read", ONE_A_LINE);
    };
    let name = line.split('=').next().unwrap_or_default().trim().trim_start_matches("export ");
    let is_name = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    // Of a line without an equals sign, nobody knows whether it is a name or half of a secret.
    match line.contains('=') && !name.is_empty() && name.bytes().all(is_name) {
        true => Error::mistake(format!("{name} in the file .env is malformed"), ONE_A_LINE),
        false => Error::mistake("a line of the file .env is malformed", ONE_A_LINE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_comes_first_and_what_is_empty_is_not_there() {
        let file = [("A", "1"), ("B", ""), ("C", "2")];
        let mut source = Source::of(file);
        source.environment = |name| match name {
            "A" => Some("3".into()),
            "C" => Some(OsString::new()),
            _ => None,
        };
        let get = |name| source.get(name).expect("text");
        assert_eq!((get("A").as_deref(), get("B"), get("C").as_deref()), (Some("3"), None, Some("2")));
    }

    #[test]
    fn a_malformed_line_is_named_and_not_quoted() {
        let told = |line: &str| format!("{:?}", malformed(&dotenvy::Error::LineParse(line.to_owned(), 3)));
        assert!(told("CODE_HOST_TOKEN='hunter2").contains("CODE_HOST_TOKEN in the file .env is malformed"));
        for line in ["CODE_HOST_TOKEN='hunter2", "hunter2", "hunter2 = x", "A B=hunter2"] {
            assert!(!told(line).contains("hunter2"), "{line}");
        }
    }
}
