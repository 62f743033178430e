//! `squash --status`: whether a database still needs the files that a squash replaces.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use underpin::migrate::{Applied, Graph, Revision, Runner};

use crate::context::Context;
use crate::database::{Place, Purpose};
use crate::each::{Each, Outcome};
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::output::{document, line};

pub(super) async fn run(context: &Context, each: &Each) -> Result<Exit> {
    let graph = context.graph()?;
    let squashes: Vec<&Revision> = graph.iter().filter(|revision| !revision.replaces().is_empty()).collect();
    if squashes.is_empty() {
        match context.is_json() {
            true => document(&json!([]))?,
            false => context.note("no revision is a squash"),
        }
        return Ok(Exit::Done);
    }
    let old = old_files(&graph, &squashes);
    if each.is_given() {
        let exit = each.run(context, async |place| outcome(&graph, &squashes, place).await).await?;
        tell(context, exit, &old);
        return Ok(exit);
    }
    let place = Place::of_url(context.url()?);
    let Outcome { told, json } = outcome(&graph, &squashes, &place).await?;
    match context.is_json() {
        true => document(&json)?,
        false => line(&format!("{}  {told}", place.name))?,
    }
    tell(context, Exit::Done, &old);
    Ok(Exit::Done)
}

fn tell(context: &Context, exit: Exit, old: &[&str]) {
    let text = match (exit, old) {
        (_, []) => "the files that the squashes replace are deleted already".to_owned(),
        (Exit::Done, old) => {
            format!("if these are all your databases, the old files may be deleted:\n  {}", old.join("\n  "))
        }
        _ => "keep the old files".to_owned(),
    };
    context.note(&text);
}

/// What a database has of each squash.
///
/// # Errors
/// A database that still needs the old files: that is a check that failed.
async fn outcome(graph: &Graph, squashes: &[&Revision], place: &Place) -> Result<Outcome> {
    let rows =
        place.with(Purpose::Look, async |target| Ok(Runner::new(graph).applied(target).await?)).await?;
    let applied: BTreeSet<&str> = rows.iter().map(|row: &Applied| row.revision.as_str()).collect();
    let mut told = Vec::new();
    let mut states = Vec::new();
    for squash in squashes {
        let left: Vec<&str> =
            squash.replaces().iter().map(String::as_str).filter(|id| applied.contains(id)).collect();
        if let Some(last) = left.last() {
            return Err(Error::failed(
                format!("{} has not passed {}: it is still recorded at {last}", place.name, squash.id()),
                "run `underpin upgrade heads` there, and keep the old files until then",
            ));
        }
        let state = if applied.contains(squash.id()) { "passed" } else { "will take it" };
        told.push(format!("{} {state}", squash.id()));
        states.push(json!({ "revision": squash.id(), "state": state, "replaces": squash.replaces() }));
    }
    Ok(Outcome { told: told.join(", "), json: json!({ "squashes": Value::Array(states) }) })
}

/// The files of replaced revisions that are still there.
fn old_files<'g>(graph: &'g Graph, squashes: &[&Revision]) -> Vec<&'g str> {
    let ids = squashes.iter().flat_map(|squash| squash.replaces());
    ids.filter_map(|id| graph.revision(id)).map(Revision::file).collect()
}
