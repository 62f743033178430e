//! What every command works with: options, configuration, revisions, functions.

use std::cell::OnceCell;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use underpin::Encrypting;
use underpin::migrate::{Applied, Destination, Dialect, Embedded, Functions, Graph, Revisions, Runner};
use underpin::secrets::StoredColumn;

use crate::called::Called;
use crate::cli::{Format, Global};
use crate::config::{self, Config};
use crate::database::{Place, Purpose};
use crate::error::{Error, Result};
use crate::keys::KeyPlace;
use crate::output;
use crate::url;

/// The options that hold everywhere, and what the program carries.
#[derive(Debug)]
pub(crate) struct Context {
    pub(crate) global: Global,
    pub(crate) called: Called,
    pub(crate) functions: Functions,
    embedded: Option<Embedded>,
    encrypted: Vec<StoredColumn>,
    config: OnceCell<Config>,
}

impl Context {
    pub(crate) fn new(
        global: Global,
        called: Called,
        embedded: Option<Embedded>,
        functions: Functions,
        encrypted: Vec<StoredColumn>,
    ) -> Self {
        Self { global, called, functions, embedded, encrypted, config: OnceCell::new() }
    }

    /// With the functions that encrypt what columns hold in plain. A configuration with a mistake is told by who needs it.
    pub(crate) fn with_backfills(mut self) -> Self {
        let place = self.key_place();
        for column in self.encrypted_columns().unwrap_or_default() {
            if column.plain().is_some()
                && !self.functions.names().any(|name| name == column.backfill_function())
            {
                let place = place.clone();
                self.functions = self.functions.encrypting(column, move || place.ring());
            }
        }
        self
    }

    /// The encrypted columns that the program names, and those of the configuration.
    ///
    /// # Errors
    /// As [`config`](Self::config).
    pub(crate) fn encrypted_columns(&self) -> Result<Vec<StoredColumn>> {
        let mut columns = self.encrypted.clone();
        for column in &self.config()?.encrypted {
            if !columns.iter().any(|known| known.to_string() == column.to_string()) {
                columns.push(column.clone());
            }
        }
        Ok(columns)
    }

    /// Where the key ring is, unless an option names a file.
    pub(crate) fn key_place(&self) -> KeyPlace {
        KeyPlace::find(self.config().ok().and_then(|config| config.key_file.clone()))
    }

    pub(crate) fn is_json(&self) -> bool {
        self.global.format == Format::Json
    }

    /// Says something on standard error, unless nothing is to be said.
    pub(crate) fn note(&self, text: &str) {
        if !self.global.quiet {
            output::note(&self.called.says(text));
        }
    }

    /// The configuration, read when it is first needed.
    ///
    /// # Errors
    /// A file that cannot be read or has a mistake.
    pub(crate) fn config(&self) -> Result<&Config> {
        if let Some(config) = self.config.get() {
            return Ok(config);
        }
        let here = env::current_dir().map_err(|error| Error::file("there is no", Path::new("."), &error))?;
        let config = config::find(self.global.config.as_deref(), &here)?;
        Ok(self.config.get_or_init(|| config))
    }

    /// The directory of the revision files.
    ///
    /// # Errors
    /// One that is not there.
    pub(crate) fn directory(&self) -> Result<PathBuf> {
        let (directory, hint) = if let Some(named) = &self.global.migrations {
            (named.clone(), "correct --migrations, or make the directory with `underpin init`")
        } else if let Some(embedded) = self.embedded {
            let hint = "the program was built elsewhere: name the directory by --migrations DIR";
            (PathBuf::from(embedded.directory), hint)
        } else if let Some(configured) = &self.config()?.migrations {
            (configured.clone(), "correct `migrations` in underpin.toml, or make the directory")
        } else {
            let hint = "begin a project with `underpin init`, or name the directory by --migrations DIR";
            (PathBuf::from("migrations"), hint)
        };
        if directory.is_dir() {
            Ok(directory)
        } else {
            Err(Error::mistake(format!("there is no directory {}", directory.display()), hint))
        }
    }

    /// The revisions that the program carries, unless a directory is named; else those of the directory.
    ///
    /// # Errors
    /// A directory or a file that cannot be read, a file with a mistake, revisions that make no graph.
    pub(crate) fn graph(&self) -> Result<Graph> {
        match self.carried() {
            Some(embedded) => {
                self.note_newer_files(&embedded);
                Ok(Graph::new(embedded.revisions()?)?)
            }
            None => self.graph_of_files(),
        }
    }

    /// The revisions of the directory, into which new ones are written.
    ///
    /// # Errors
    /// As [`graph`](Self::graph).
    pub(crate) fn graph_of_files(&self) -> Result<Graph> {
        Ok(Graph::new(Revisions::directory(self.directory()?)?)?)
    }

    /// The path of a revision's file, from what the revision says of it.
    ///
    /// # Errors
    /// No directory.
    pub(crate) fn path(&self, file: &str) -> Result<PathBuf> {
        match Path::new(file) {
            path if path.exists() => Ok(path.to_owned()),
            path => Ok(self.directory()?.join(path)),
        }
    }

    /// Where the program was built, its files may have moved on.
    fn note_newer_files(&self, embedded: &Embedded) {
        let Ok(revisions) = Revisions::directory(embedded.directory) else { return };
        let directory = Path::new(embedded.directory);
        for revision in &revisions {
            let path = Path::new(revision.file());
            let name = path.strip_prefix(directory).unwrap_or(path).to_string_lossy().replace('\\', "/");
            if !embedded.files.iter().any(|(file, _)| *file == name) {
                self.note(&format!(
                    "note: {} is newer than this program; build it anew to use it",
                    path.display()
                ));
            }
        }
    }

    /// The journal of the database; nothing is applied to a file that is not there.
    ///
    /// # Errors
    /// No URL, or a database that does not answer.
    pub(crate) async fn applied(&self, graph: &Graph) -> Result<Vec<Applied>> {
        let place = Place::of_url(self.url()?);
        place.with(Purpose::Look, async |target| Ok(Runner::new(graph).applied(target).await?)).await
    }

    /// The journal, if a destination cannot be found without it.
    ///
    /// # Errors
    /// As [`applied`](Self::applied).
    pub(crate) async fn applied_for(&self, graph: &Graph, to: &Destination) -> Result<Option<Vec<Applied>>> {
        if to.is_absolute() { Ok(None) } else { self.applied(graph).await.map(Some) }
    }

    /// The text of a revision's file.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub(crate) fn text(&self, file: &str) -> Result<String> {
        let embedded = self.carried().and_then(|embedded| {
            embedded.files.iter().find(|(name, _)| *name == file).map(|(_, text)| (*text).to_owned())
        });
        if let Some(text) = embedded {
            return Ok(text);
        }
        let path = self.path(file)?;
        fs::read_to_string(&path).map_err(|error| Error::file("the revision cannot be read:", &path, &error))
    }

    /// The revisions that the program carries, unless a directory is named.
    fn carried(&self) -> Option<Embedded> {
        self.embedded.filter(|_| self.global.migrations.is_none())
    }

    /// The URL of the database.
    ///
    /// # Errors
    /// If none is named.
    pub(crate) fn url(&self) -> Result<String> {
        self.url_if_named()?.ok_or_else(url::missing)
    }

    /// The URL of the database, if one is named.
    ///
    /// # Errors
    /// A file `.env` or a configuration that cannot be read.
    pub(crate) fn url_if_named(&self) -> Result<Option<String>> {
        url::find(self.global.url.as_deref(), self.config()?)
    }

    /// The dialect that is named, else that of the database's URL.
    ///
    /// # Errors
    /// If neither is named.
    pub(crate) fn dialect(&self, named: Option<Dialect>) -> Result<Dialect> {
        match (named, self.url_if_named()?) {
            (Some(dialect), _) => Ok(dialect),
            (None, Some(url)) => url::dialect(&url),
            (None, None) => Err(Error::mistake(
                "it is not known for which database the script is",
                "say --dialect postgres or --dialect sqlite, or name a database by --url or DATABASE_URL",
            )),
        }
    }
}
