//! `current`: what is applied.

use std::collections::BTreeSet;

use clap::Args;
use serde_json::{Value, json};
use underpin::migrate::{Applied, Graph, Revision, Runner};

use super::listing;
use crate::cli::EXIT_CODES;
use crate::context::Context;
use crate::database::{Place, Purpose};
use crate::each::{Each, Outcome};
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::view::View;

/// Show at which revisions a database is
#[derive(Debug, Args)]
#[command(after_help = format!("\
Example: underpin current --check-heads || underpin upgrade heads

{EXIT_CODES}"))]
pub(crate) struct Current {
    /// All that is known about each
    #[arg(long, short)]
    verbose: bool,

    /// End with exit code 1 unless everything is applied
    #[arg(long, short)]
    check_heads: bool,

    #[command(flatten)]
    each: Each,
}

impl Current {
    pub(crate) async fn run(self, context: &Context) -> Result<Exit> {
        let graph = context.graph()?;
        if self.each.is_given() {
            return self.each.run(context, async |place| self.outcome(&graph, place).await).await;
        }
        let rows = context.applied(&graph).await?;
        let view = View::of_database(&graph, &rows);
        listing::print(context, &view, &at(&graph, &rows), self.verbose, false)?;
        note_the_unusual(context, &graph, &rows);
        match self.check_heads {
            true => check(&graph, &rows).map(|()| Exit::Done),
            false => Ok(Exit::Done),
        }
    }

    async fn outcome(&self, graph: &Graph, place: &Place) -> Result<Outcome> {
        let rows =
            place.with(Purpose::Look, async |target| Ok(Runner::new(graph).applied(target).await?)).await?;
        if self.check_heads {
            check(graph, &rows)?;
        }
        let revisions = at(graph, &rows);
        let view = View::of_database(graph, &rows);
        let shown: Vec<String> = revisions
            .iter()
            .map(|revision| {
                let (notes, _) = view.notes(revision, crate::output::Paint::PLAIN);
                format!("{} {notes}", revision.id()).trim_end().to_owned()
            })
            .collect();
        let told = if shown.is_empty() { "nothing is applied".to_owned() } else { shown.join(", ") };
        let current: Vec<Value> = revisions.iter().map(|revision| view.json(revision)).collect();
        Ok(Outcome { told, json: json!({ "current": current }) })
    }
}

/// The revisions at which a database is.
fn at<'g>(graph: &'g Graph, rows: &[Applied]) -> Vec<&'g Revision> {
    graph.heads_of(&Applied::identifiers(rows))
}

fn note_the_unusual(context: &Context, graph: &Graph, rows: &[Applied]) {
    if rows.is_empty() {
        context.note("nothing is applied");
    }
    for row in rows {
        if row.state.is_unfinished() {
            context.note(&format!(
                "{} was begun and is not finished ({} of {} statements): run the command again to go on",
                row.revision, row.statements_done, row.statements_total
            ));
        }
        if graph.revision(&row.revision).is_none() {
            context.note(&format!("{} is applied, and no file is that revision", row.revision));
        }
    }
}

/// Everything is applied, and nothing else.
fn check(graph: &Graph, rows: &[Applied]) -> Result<()> {
    let applied: BTreeSet<&str> = Applied::identifiers(rows);
    if let Some(row) = rows.iter().find(|row| row.state.is_unfinished()) {
        return Err(Error::failed(
            format!("{} is not finished", row.revision),
            "run `underpin upgrade heads` to go on",
        ));
    }
    let unknown: Vec<&str> = applied.iter().copied().filter(|id| graph.revision(id).is_none()).collect();
    if !unknown.is_empty() {
        return Err(Error::failed(
            format!("the database is newer than the files: it has {}", unknown.join(", ")),
            "use the newer files",
        ));
    }
    let missing = graph.upgrade(&applied, &underpin::migrate::Destination::heads())?.steps().len();
    match missing {
        0 => Ok(()),
        1 => Err(Error::failed("1 revision is missing", "run `underpin upgrade heads`")),
        missing => {
            Err(Error::failed(format!("{missing} revisions are missing"), "run `underpin upgrade heads`"))
        }
    }
}
