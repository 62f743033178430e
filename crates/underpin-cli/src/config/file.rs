//! Finds and reads `underpin.toml`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{Config, EncryptedColumn, Hook, NAME};
use crate::error::{Error, Result};

/// The file, key by key.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Keys {
    migrations: Option<PathBuf>,
    url: Option<String>,
    file_template: Option<String>,
    truncate_slug_length: Option<usize>,
    timezone: Option<String>,
    #[serde(default)]
    post_write_hooks: Vec<Hook>,
    key_file: Option<PathBuf>,
    #[serde(default)]
    encrypted_columns: Vec<EncryptedColumn>,
}

/// Reads the file that is named, or else the `underpin.toml` of a directory or the nearest one above it.
///
/// # Errors
/// A named file that is not there; a file that cannot be read or has a mistake, with its line.
pub(crate) fn find(named: Option<&Path>, from: &Path) -> Result<Config> {
    if let Some(file) = named {
        return read(file)?.ok_or_else(|| {
            Error::file("there is no configuration file", file, &io::ErrorKind::NotFound.into())
        });
    }
    for directory in from.ancestors() {
        // Beside the working directory a path is shorter, and reads better in messages.
        let file = if directory == from { PathBuf::from(NAME) } else { directory.join(NAME) };
        if let Some(config) = read(&file)? {
            return Ok(config);
        }
    }
    Ok(Config::default())
}

fn read(file: &Path) -> Result<Option<Config>> {
    match fs::read_to_string(file) {
        Ok(text) => parse(file, &text).map(Some),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::file("the configuration cannot be read:", file, &error)),
    }
}

fn parse(file: &Path, text: &str) -> Result<Config> {
    let keys: Keys = toml::from_str(text).map_err(|error| mistake(file, text, &error))?;
    if let Some(zone) = keys.timezone.filter(|zone| !zone.eq_ignore_ascii_case("utc")) {
        let error = Error::mistake(
            format!("the timezone `{zone}` is not supported"),
            "write \"UTC\" or leave it out: times in revision files are in UTC",
        );
        return Err(error.at(file.display(), line_of_key(text, "timezone")));
    }
    let mut config = Config {
        file: Some(file.to_owned()),
        migrations: None,
        url: None,
        file_template: keys.file_template,
        truncate_slug_length: keys.truncate_slug_length,
        hooks: keys.post_write_hooks,
        key_file: None,
        encrypted: Vec::new(),
    };
    for column in keys.encrypted_columns {
        let column = column.stored().map_err(|error| error.at(file.display(), None))?;
        config.encrypted.push(column);
    }
    config.key_file = keys.key_file.map(|path| beside(config.directory(), &path));
    config.migrations = keys.migrations.map(|path| beside(config.directory(), &path));
    config.url = keys.url.filter(|url| !url.trim().is_empty()).map(|url| url_beside(config.directory(), url));
    Ok(config)
}

/// A path that begins at the file.
fn beside(directory: &Path, path: &Path) -> PathBuf {
    if directory == Path::new(".") { path.to_owned() } else { directory.join(path) }
}

/// An SQLite URL whose path begins at the file; any other URL as it is.
fn url_beside(directory: &Path, url: String) -> String {
    match url.strip_prefix("sqlite:").filter(|path| !path.starts_with([':', '/'])) {
        Some(path) => format!("sqlite:{}", beside(directory, Path::new(path)).display()),
        None => url,
    }
}

fn mistake(file: &Path, text: &str, error: &toml::de::Error) -> Error {
    let line =
        error.span().and_then(|span| text.get(..span.start)).map(|before| 1 + before.matches('\n').count());
    let hint = format!(
        "the keys are migrations, url, file_template, truncate_slug_length, timezone, [[post_write_hooks]] with \
         command and args, key_file and [[encrypted_columns]] with table, column, schema, context, row, plain and padding; `underpin init` in an empty directory writes a {NAME} that shows them"
    );
    Error::mistake("the configuration has a mistake", hint).at(file.display(), line).because(error.message())
}

fn line_of_key(text: &str, key: &str) -> Option<usize> {
    text.lines().position(|line| line.trim_start().starts_with(key)).map(|index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::super::TEMPLATE;
    use super::*;

    fn told(text: &str) -> String {
        match parse(Path::new("a/underpin.toml"), text) {
            Err(Error::Told(told)) => format!("{} {:?} {:?}", told.message, told.place, told.causes),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_init_writes_is_read_and_so_is_all_that_it_shows() {
        let text = TEMPLATE.replace("{migrations}", "db");
        let config = parse(Path::new("a/underpin.toml"), &text).unwrap();
        assert_eq!(config.migrations.as_deref(), Some(Path::new("a/db")));
        assert_eq!((config.url, config.hooks.len()), (None, 0));

        // The lines that are commented out are `# key =`, `# [[..]]`; prose begins with a capital letter.
        let shown = text.lines().map(|line| match line.strip_prefix("# ") {
            Some(key) if key.starts_with("[[") || key.split(' ').nth(1) == Some("=") => key,
            _ => line,
        });
        let config = parse(Path::new("underpin.toml"), &shown.collect::<Vec<_>>().join("\n")).unwrap();
        assert_eq!(config.migrations.as_deref(), Some(Path::new("db")));
        assert_eq!(config.url.as_deref(), Some("sqlite:app.db"));
        assert_eq!(config.truncate_slug_length, Some(40));
        assert_eq!(config.hooks[0].args, ["fix", "--quiet", "{file}"]);
        assert!(config.file_template.is_some());
    }

    #[test]
    fn a_mistake_is_told_with_its_line() {
        assert_eq!(
            told("migrations = \"x\"\n\nurll = 3\n"),
            "the configuration has a mistake Some(\"a/underpin.toml:3\") [\"unknown field `urll`, expected one of \
             `migrations`, `url`, `file_template`, `truncate_slug_length`, `timezone`, `post_write_hooks`, `key_file`, `encrypted_columns`\"]"
        );
        assert!(told("migrations = 3\n").contains("underpin.toml:1"));
        assert!(told("\nmigrations = [\n").contains("underpin.toml:"));
        assert!(told("[[post_write_hooks]]\ncommand = \"x\"\ncwd = \"y\"\n").contains("unknown field `cwd`"));
        assert!(told("# zone\ntimezone = \"Europe/Berlin\"\n").contains("underpin.toml:2"));
    }

    #[test]
    fn paths_begin_at_the_file() {
        let config = |url: &str| {
            parse(Path::new("/etc/app/underpin.toml"), &format!("url = \"{url}\"")).unwrap().url.unwrap()
        };
        assert_eq!(config("sqlite:app.db"), "sqlite:/etc/app/app.db");
        assert_eq!(config("sqlite:/var/app.db"), "sqlite:/var/app.db");
        assert_eq!(config("sqlite::memory:"), "sqlite::memory:");
        assert_eq!(config("postgres://h/d"), "postgres://h/d");
    }
}
