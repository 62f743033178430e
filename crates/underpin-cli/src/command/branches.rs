//! `branches`: where the graph parts, and into what.

use std::io;

use clap::Args;
use serde_json::{Value, json};
use underpin::migrate::Revision;

use crate::cli::EXIT_CODES;
use crate::context::Context;
use crate::error::Result;
use crate::exit::Exit;
use crate::output::{Paint, document, text};
use crate::view::View;

/// List the revisions on which several stand
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Branches {
    /// All that is known about each
    #[arg(long, short)]
    verbose: bool,
}

impl Branches {
    pub(crate) fn run(self, context: &Context) -> Result<Exit> {
        let graph = context.graph()?;
        let view = View::of_files(&graph);
        let points: Vec<&Revision> = graph.branch_points().collect();
        if context.is_json() {
            let object = |point: &&Revision| {
                let mut object = view.json(point);
                let children: Vec<&str> = graph.children(point.id()).map(Revision::id).collect();
                object["children"] = json!(children);
                object
            };
            document(&Value::Array(points.iter().map(object).collect()))?;
            return Ok(Exit::Done);
        }
        let paint = Paint::of(&io::stdout());
        let mut lines = Vec::new();
        for point in points {
            match self.verbose {
                true => lines.extend(view.block(point, paint)),
                false => lines.push(short(&view, point, paint)),
            }
            for child in graph.children(point.id()) {
                lines.push(format!("  {} {}", paint.dim("->"), short(&view, child, paint)));
            }
        }
        if lines.is_empty() {
            context.note("no revision has several on it");
            return Ok(Exit::Done);
        }
        text(&(lines.join("\n") + "\n"))?;
        Ok(Exit::Done)
    }
}

fn short(view: &View<'_>, revision: &Revision, paint: Paint) -> String {
    let (_, notes) = view.notes(revision, paint);
    format!("{}  {}  {notes}", paint.yellow(revision.id()), revision.message()).trim_end().to_owned()
}
