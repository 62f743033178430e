//! `history`: the revisions, the newest above, drawn as a graph for a person.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal};

use clap::Args;
use underpin::migrate::{Graph, Range, Revision};

use super::listing;
use crate::cli::EXIT_CODES;
use crate::context::Context;
use crate::error::Result;
use crate::exit::Exit;
use crate::naming;
use crate::output::{Paint, text};
use crate::view::View;

/// List the revisions, the newest first
#[derive(Debug, Args)]
#[command(after_help = format!("\
Examples:
  underpin history -r 3f2a:head      from one to another, both included
  underpin history -r -3:current -i  the last three that are applied

{EXIT_CODES}"))]
pub(crate) struct History {
    /// From where to where, [from]:[to]; needs the database if it names current
    #[arg(long, short, value_name = "RANGE", allow_hyphen_values = true)]
    rev_range: Option<String>,

    /// All that is known about each
    #[arg(long, short)]
    verbose: bool,

    /// Ask the database which are applied
    #[arg(long, short)]
    indicate_current: bool,

    /// Draw the graph, as on a terminal
    #[arg(long)]
    graph: bool,
}

impl History {
    pub(crate) async fn run(self, context: &Context) -> Result<Exit> {
        let graph = context.graph()?;
        let range = self.rev_range.as_deref().map_or_else(|| Ok(Range::all()), naming::range)?;
        let asks = self.indicate_current || !range.is_absolute();
        let rows = if asks { Some(context.applied(&graph).await?) } else { None };
        let applied: BTreeSet<&str> = rows.iter().flatten().map(|row| row.revision.as_str()).collect();
        let revisions = graph.history(&range, &applied)?;
        let view = match &rows {
            Some(rows) => View::of_database(&graph, rows),
            None => View::of_files(&graph),
        };
        let is_drawn = self.graph || io::stdout().is_terminal();
        match is_drawn && !context.is_json() {
            true => text(&self.drawn(&graph, &view, &revisions))?,
            false => listing::print(context, &view, &revisions, self.verbose, self.indicate_current)?,
        }
        if revisions.is_empty() {
            context.note("no revisions");
        }
        Ok(Exit::Done)
    }

    /// The drawing, with the text of each revision beside its dot.
    fn drawn(&self, graph: &Graph, view: &View<'_>, revisions: &[&Revision]) -> String {
        let paint = Paint::of(&io::stdout());
        let shown: BTreeSet<&str> = revisions.iter().map(|revision| revision.id()).collect();
        let width = revisions.iter().map(|revision| revision.id().chars().count()).max().unwrap_or(0);
        let mut text = String::new();
        let mut push = |line: String| {
            text.push_str(line.trim_end());
            text.push('\n');
        };
        for row in graph.drawing(revisions).rows() {
            let Some(revision) = row.revision() else {
                push(paint.dim(row.lanes()));
                continue;
            };
            let lines = match self.verbose {
                true => view.block(revision, paint),
                false => vec![line(view, revision, width, paint)],
            };
            let lanes = row.lanes().replace('*', view.dot(revision));
            let goes_on = revision.revises().iter().any(|parent| shown.contains(parent.as_str()));
            let beside = row.lanes().replace('*', if goes_on { "|" } else { " " });
            for (index, line) in lines.iter().enumerate() {
                match index {
                    0 => push(format!("{lanes}  {line}")),
                    _ => push(format!("{}  {line}", paint.dim(&beside))),
                }
            }
        }
        text
    }
}

/// `3f2a9c1b7d04  Add users.phone  (head) [accounts], needs billing`
fn line(view: &View<'_>, revision: &Revision, width: usize, paint: Paint) -> String {
    let (_, notes) = view.notes(revision, paint);
    let needs = match revision.depends_on() {
        [] => String::new(),
        needs => paint.dim(&format!("needs {}", needs.join(", "))),
    };
    let id = format!("{:<width$}", revision.id());
    let parts = [paint.yellow(&id), revision.message().to_owned(), notes, needs];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("  ")
}
