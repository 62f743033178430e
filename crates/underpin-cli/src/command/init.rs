//! `init`: a directory for revisions, and a configuration that names it.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use crate::cli::{EXIT_CODES, Format};
use crate::config::{NAME, TEMPLATE};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::output::{document, line};

/// Begin a project: make the directory of the revisions, and underpin.toml
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Init {
    /// The directory to make [default: --migrations, else migrations]
    #[arg(value_name = "DIR")]
    directory: Option<PathBuf>,
}

impl Init {
    pub(crate) fn run(self, context: &Context) -> Result<Exit> {
        let named = self.directory.or_else(|| context.global.migrations.clone());
        let directory = named.unwrap_or_else(|| PathBuf::from("migrations"));
        let config = context.global.config.clone().unwrap_or_else(|| PathBuf::from(NAME));
        if config.exists() {
            return Err(Error::mistake(
                format!("{} is there already", config.display()),
                "the project has been begun; `underpin revision -m \"...\"` writes its next revision",
            ));
        }
        check_empty(&directory)?;
        fs::create_dir_all(&directory)
            .map_err(|error| Error::file("the directory cannot be made:", &directory, &error))?;
        let text = TEMPLATE.replace("{migrations}", &toml_text(&directory));
        fs::write(&config, text)
            .map_err(|error| Error::file("the configuration cannot be written:", &config, &error))?;
        let (directory, config) = (directory.display().to_string(), config.display().to_string());
        match context.global.format {
            Format::Json => document(&json!({ "migrations": directory, "config": config }))?,
            Format::Table => {
                line(&format!("created {directory}/"))?;
                line(&format!("created {config}"))?;
            }
        }
        context.note("next: `underpin revision -m \"what it does\"` writes the first revision");
        Ok(Exit::Done)
    }
}

/// Revisions must not come to stand among other files by a slip.
fn check_empty(directory: &Path) -> Result<()> {
    let Ok(mut entries) = fs::read_dir(directory) else { return Ok(()) };
    let is_file = |name: &std::ffi::OsStr| !name.to_string_lossy().starts_with('.');
    if entries.any(|entry| entry.is_ok_and(|entry| is_file(&entry.file_name()))) {
        return Err(Error::mistake(
            format!("the directory {} is not empty", directory.display()),
            "name a new one, and `underpin import` what another tool has left; if its files are revisions already, \
             write an underpin.toml with the line migrations = \"...\"",
        ));
    }
    Ok(())
}

/// A path as it stands between quotes.
fn toml_text(path: &Path) -> String {
    path.display().to_string().replace('\\', "\\\\").replace('"', "\\\"")
}
