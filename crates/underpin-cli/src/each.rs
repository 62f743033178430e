//! `--each`: the same in several schemas or databases, with a report for each.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use crate::context::Context;
use crate::database::{self, Place, Purpose};
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::output::{document, line, tell};
use crate::pattern;
use crate::url;

/// Where a command is carried out, if not once in the database that is named.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Several databases")]
pub(crate) struct Each {
    /// In each of several places: a schema of PostgreSQL, a pattern such as 'tenant_*', or the URL of a database;
    /// may be given several times
    #[arg(long, value_name = "SCHEMA|PATTERN|URL")]
    each: Vec<String>,

    /// As --each, for every line of a file; empty lines and those that begin with # do not count
    #[arg(long, value_name = "FILE")]
    each_file: Option<PathBuf>,

    /// Stop at the first place that fails, and leave out the rest
    #[arg(long)]
    fail_fast: bool,
}

/// What came of one place: for a person, and for a program.
pub(crate) struct Outcome {
    pub(crate) told: String,
    pub(crate) json: Value,
}

impl Each {
    /// Several places are meant.
    pub(crate) fn is_given(&self) -> bool {
        !self.each.is_empty() || self.each_file.is_some()
    }

    /// The places that are meant, in the order in which they are named.
    ///
    /// # Errors
    /// A file that cannot be read; a schema where the database has none; a pattern that fits nothing.
    pub(crate) async fn places(&self, context: &Context) -> Result<Vec<Place>> {
        if !self.is_given() {
            return Ok(vec![Place::of_url(context.url()?)]);
        }
        let mut names = self.each.clone();
        if let Some(file) = &self.each_file {
            let text = fs::read_to_string(file)
                .map_err(|error| Error::file("the list of places cannot be read:", file, &error))?;
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
            names.extend(lines.map(str::to_owned));
        }
        let mut places: Vec<Place> = Vec::new();
        for name in &names {
            let found = match name.contains(':') {
                true => vec![Place::of_url(name)],
                false => schemas(context, name).await?,
            };
            let is_new = |place: &Place| {
                !places.iter().any(|other| (&other.url, &other.schema) == (&place.url, &place.schema))
            };
            let found: Vec<Place> = found.into_iter().filter(is_new).collect();
            places.extend(found);
        }
        match places.is_empty() {
            true => Err(Error::mistake(
                "--each names no place",
                "name a schema or a URL, one on each line of the file",
            )),
            false => Ok(places),
        }
    }

    /// Does something in every place and reports each. What fails in one is told, and the others go on.
    ///
    /// # Errors
    /// Those of [`places`](Self::places), and output that cannot be written.
    pub(crate) async fn run(
        &self,
        context: &Context,
        work: impl AsyncFn(&Place) -> Result<Outcome>,
    ) -> Result<Exit> {
        let places = self.places(context).await?;
        let width = places.iter().map(|place| place.name.chars().count()).max().unwrap_or(0);
        let mut reports = Vec::new();
        let mut failed: Vec<&Place> = Vec::new();
        let mut exit = Exit::Done;
        for place in &places {
            let done = Box::pin(work(place)).await;
            let told = match &done {
                Ok(outcome) => outcome.told.clone(),
                Err(error) => {
                    tell(error, &context.called);
                    failed.push(place);
                    exit = exit.max(if error.exit() == Exit::Failed { Exit::Failed } else { Exit::Database });
                    format!("failed: {}", error.message())
                }
            };
            if context.is_json() {
                reports.push(report(context, place, done));
            } else {
                line(&format!("{:<width$}  {told}", place.name))?;
            }
            if self.fail_fast && !failed.is_empty() {
                break;
            }
        }
        if context.is_json() {
            document(&Value::Array(reports))?;
        }
        if !failed.is_empty() {
            let names: Vec<&str> = failed.iter().map(|place| place.name.as_str()).collect();
            let left = if self.fail_fast { ", the rest was left out" } else { "" };
            context.note(&format!("{} of {} failed{left}: {}", names.len(), places.len(), names.join(", ")));
        }
        Ok(exit)
    }
}

async fn schemas(context: &Context, name: &str) -> Result<Vec<Place>> {
    let url = context.url()?;
    if url::dialect(&url)? != underpin::migrate::Dialect::Postgres {
        return Err(Error::mistake(
            format!("--each {name} is a schema, and the database of --url has none"),
            "name databases, as in --each sqlite:one.db --each sqlite:two.db",
        ));
    }
    let place = |schema: String| Place { name: schema.clone(), url: url.clone(), schema: Some(schema) };
    if !pattern::is_pattern(name) {
        return Ok(vec![place(name.to_owned())]);
    }
    let all = Place::of_url(url.as_str()).with(Purpose::Look, database::schemas).await?;
    let fitting: Vec<Place> =
        all.into_iter().filter(|schema| pattern::matches(name, schema)).map(place).collect();
    match fitting.is_empty() {
        true => {
            Err(Error::mistake(format!("no schema fits {name}"), "correct --each, or create the schemas"))
        }
        false => Ok(fitting),
    }
}

fn report(context: &Context, place: &Place, done: Result<Outcome>) -> Value {
    let mut object = match done {
        Ok(outcome) => outcome.json,
        Err(error) => json!({ "error": error.json(&context.called) }),
    };
    if let Some(fields) = object.as_object_mut() {
        fields.insert("target".to_owned(), json!(place.name));
    }
    object
}
