//! Where settings come from: the environment, then a file `.env`.

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsString;
use std::path::PathBuf;
use std::{fs, io};

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
        let file = match find() {
            Some(path) => parse(&fs::read_to_string(path).map_err(|error| unreadable(&error))?)?,
            None => BTreeMap::new(),
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

fn find() -> Option<PathBuf> {
    let here = env::current_dir().ok()?;
    here.ancestors().map(|directory| directory.join(".env")).find(|file| file.is_file())
}

fn parse(text: &str) -> Result<BTreeMap<String, String>, Error> {
    let settings = dotenvy::from_read_iter(text.as_bytes());
    settings.collect::<Result<_, _>>().map_err(|_| malformed(text))
}

fn unreadable(error: &io::Error) -> Error {
    Error::mistake(format!("the file .env cannot be read: {error}"), "correct the file, or remove it")
}

/// Names the first line that cannot be read by its number and its setting. It is quoted by nobody, for it may hold a
/// secret.
fn malformed(text: &str) -> Error {
    let is_broken = |line: &str| dotenvy::from_read_iter(line.as_bytes()).any(|setting| setting.is_err());
    let Some((place, line)) = text.lines().enumerate().find(|(_, line)| is_broken(line)) else {
        return Error::mistake("a value in the file .env does not end", ONE_A_LINE);
    };
    let is_name = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    let name = line.split_once('=').map(|(name, _)| name.trim().trim_start_matches("export "));
    // Of a line without an equals sign, nobody knows whether it is a name or half of a secret.
    let what = match name {
        Some(name) if !name.is_empty() && name.bytes().all(is_name) => name,
        _ => "the line",
    };
    Error::mistake(format!(".env:{}: {what} is malformed", place + 1), ONE_A_LINE)
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
        let told = |line: &str| format!("{:?}", parse(&format!("A=1\n# b\n{line}\nC=2\n")).err());
        for (line, named) in [
            ("CODE_HOST_TOKEN='hunter2", ".env:3: CODE_HOST_TOKEN is malformed"),
            ("CODE_HOST_TOKEN=hunter2 hunter2", ".env:3: CODE_HOST_TOKEN is malformed"),
            ("export CODE_HOST_TOKEN=hunter2 x", ".env:3: CODE_HOST_TOKEN is malformed"),
            ("hunter2", ".env:3: the line is malformed"),
            ("hunter2 = a b", ".env:3: the line is malformed"),
        ] {
            assert!(told(line).contains(named), "{}", told(line));
            assert!(!told(line).contains("hunter2"), "{}", told(line));
        }
    }
}
