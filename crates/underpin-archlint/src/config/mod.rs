//! `archlint.toml`: what is looked at, and the contracts that must hold.

mod date;
mod entry;
mod hexagonal;
mod ignore;

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;
use toml::Spanned;

use crate::{Error, Problem, Result};

pub(crate) use date::Date;
pub(crate) use entry::Entry;
pub(crate) use hexagonal::Hexagonal;
pub(crate) use ignore::Ignore;

/// The usual name of the file.
pub(crate) const FILE: &str = "archlint.toml";

/// A file of contracts, read and checked.
pub(crate) struct Config {
    /// The file as it was named.
    pub shown: String,
    pub folder: PathBuf,
    pub settings: Settings,
    pub contracts: Vec<Entry>,
    /// The preset, if one is used, for `--explain`.
    pub preset: Option<Hexagonal>,
}

/// What is looked at.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    /// The manifest of the workspace, from the folder of the file.
    pub manifest: Option<PathBuf>,
    /// The members that are looked at; all, if none is named.
    #[serde(default)]
    pub packages: Vec<String>,
    /// Whether imports of tests are judged too.
    #[serde(default)]
    pub include_tests: bool,
    /// Whether imports of build scripts are judged too.
    #[serde(default)]
    pub include_build: bool,
    /// The file of accepted violations.
    pub baseline: Option<PathBuf>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(default)]
    workspace: Settings,
    #[serde(default)]
    contract: Vec<Spanned<toml::Table>>,
    hexagonal: Option<Spanned<Hexagonal>>,
}

impl Config {
    /// Reads a file.
    ///
    /// # Errors
    /// The file cannot be read or is no valid TOML; a key or type is not known; a contract has no `id`, or
    /// one that another has; there is no contract.
    pub(crate) fn read(file: &Path) -> Result<Self> {
        let shown = file.to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(file).map_err(|error| {
            let hint = "name the file with --config, or write one with `init`";
            Problem::new(format!("cannot be read: {error}"), hint).in_file(&shown)
        })?;
        let folder = file.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new("."));
        Self::parse(&text, &shown, folder).map_err(|error| error.in_file(&shown))
    }

    fn parse(text: &str, shown: &str, folder: &Path) -> Result<Self> {
        let document: Document = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| line_of(text, span.start));
            let hint = "the keys are those of the documentation of underpin-archlint";
            Problem::new(error.message().trim().to_owned(), hint).at_line(line)
        })?;
        let mut problems = Vec::new();
        let mut contracts = Vec::new();
        if let Some(preset) = &document.hexagonal {
            let line = line_of(text, preset.span().start);
            for table in preset.get_ref().expand() {
                match Entry::parse(table, line) {
                    Ok(entry) => contracts.push(entry),
                    Err(problem) => problems.push(problem),
                }
            }
        }
        for table in document.contract {
            let line = line_of(text, table.span().start);
            match Entry::parse(table.into_inner(), line) {
                Ok(entry) => contracts.push(entry),
                Err(problem) => problems.push(problem),
            }
        }
        for (at, entry) in contracts.iter().enumerate() {
            if contracts[..at].iter().any(|other| other.id == entry.id) {
                let what = format!("two contracts have the id `{}`", entry.id);
                problems.push(Problem::new(what, "give one of them another").at_line(entry.line));
            }
        }
        if contracts.is_empty() && problems.is_empty() {
            problems.push(Problem::new("no contract: nothing was checked", "write a [[contract]]"));
        }
        if !problems.is_empty() {
            return Err(Error::of(problems));
        }
        Ok(Self {
            shown: shown.to_owned(),
            folder: folder.to_path_buf(),
            settings: document.workspace,
            contracts,
            preset: document.hexagonal.map(Spanned::into_inner),
        })
    }
}

fn line_of(text: &str, byte: usize) -> u32 {
    let lines = text.bytes().take(byte).filter(|byte| *byte == b'\n').count();
    u32::try_from(lines + 1).unwrap_or(u32::MAX)
}
