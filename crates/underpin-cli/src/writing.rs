//! Writes new revision files: named by the template, checked with the others, handed to the hooks.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use underpin::migrate::{FileTemplate, NewRevision, Revision};

use crate::context::Context;
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::output::{document, line};

/// Writes files and runs the hooks over them. If the graph cannot take them, none is left.
///
/// # Errors
/// A template or a name that is not well formed; a file that is there already or cannot be written; files that make
/// no graph with those that are there.
pub(crate) fn write(context: &Context, new: &[NewRevision]) -> Result<Written> {
    let directory = context.directory()?;
    let template = template(context)?;
    let mut files: Vec<PathBuf> = Vec::new();
    for revision in new {
        match revision.write(&directory, &template) {
            Ok(file) => files.push(file),
            Err(error) => {
                take_back(&files);
                return Err(error.into());
            }
        }
    }
    if let Err(error) = context.graph_of_files() {
        take_back(&files);
        return Err(error);
    }
    let mut failures = Vec::new();
    for file in &files {
        failures.extend(hooks(context, file)?);
    }
    Ok(Written { files, failures })
}

/// Files that have been written.
pub(crate) struct Written {
    pub(crate) files: Vec<PathBuf>,
    /// What went wrong in hooks.
    failures: Vec<String>,
}

impl Written {
    /// Prints the paths, or as JSON what the files are, and ends by what the hooks said.
    ///
    /// # Errors
    /// Output that cannot be written.
    pub(crate) fn tell(self, context: &Context, new: &[NewRevision]) -> Result<Exit> {
        let names: Vec<String> = self.files.iter().map(|file| file.display().to_string()).collect();
        if context.is_json() {
            let objects = new.iter().zip(&names).map(|(revision, file)| object(revision, file));
            document(&Value::Array(objects.collect()))?;
        } else {
            names.iter().try_for_each(|name| line(name))?;
        }
        match self.failures.as_slice() {
            [] => Ok(Exit::Done),
            failures => {
                let hint = "the file stays as it is; mend the command in underpin.toml and run it over the file by hand";
                let error = Error::failed("a post-write hook failed", hint);
                Err(failures.iter().fold(error, |error, failure| error.because(failure)))
            }
        }
    }
}

fn template(context: &Context) -> Result<FileTemplate> {
    let config = context.config()?;
    let parsed = config.file_template.as_deref().map(str::parse::<FileTemplate>).transpose();
    let template = parsed.map_err(|error| {
        let error = Error::from(error);
        match &config.file {
            Some(file) => error.at(file.display(), None),
            None => error,
        }
    })?;
    let template = template.unwrap_or_default();
    Ok(match config.truncate_slug_length {
        Some(length) => template.truncate_slug(length),
        None => template,
    })
}

fn hooks(context: &Context, file: &Path) -> Result<Vec<String>> {
    let config = context.config()?;
    let file = std::path::absolute(file).map_err(|error| Error::file("there is no", file, &error))?;
    let ran = config.hooks.iter().map(|hook| {
        context.note(&format!("running {}", hook.command));
        hook.run(config.directory(), &file)
    });
    Ok(ran.filter_map(Result::err).collect())
}

/// What was not there before is not there afterwards; that it cannot be removed is said by what is found then.
fn take_back(files: &[PathBuf]) {
    for file in files {
        let _ = fs::remove_file(file);
    }
}

fn object(new: &NewRevision, file: &str) -> Value {
    json!({
        "revision": new.id,
        "message": new.message,
        "file": file,
        "revises": new.revises,
        "depends_on": new.depends_on,
        "branch_labels": new.branch_labels,
        "replaces": new.replaces,
    })
}

/// The identifiers of revisions.
pub(crate) fn identifiers(revisions: &[&Revision]) -> Vec<String> {
    revisions.iter().map(|revision| revision.id().to_owned()).collect()
}
