//! `show`: everything about a revision, and its file.

use std::io;

use clap::Args;
use serde_json::{Value, json};

use crate::cli::EXIT_CODES;
use crate::context::Context;
use crate::error::Result;
use crate::exit::Exit;
use crate::naming;
use crate::output::{Paint, document, text};
use crate::view::View;

/// Show a revision and its file
#[derive(Debug, Args)]
#[command(after_help = format!("Examples: underpin show head; underpin show current; underpin show 3f2a\n\n{EXIT_CODES}"))]
pub(crate) struct Show {
    /// Which one
    #[arg(value_name = "REVISION", allow_negative_numbers = true)]
    revision: String,
}

impl Show {
    pub(crate) async fn run(self, context: &Context) -> Result<Exit> {
        let graph = context.graph()?;
        let destination = naming::destination(&self.revision)?;
        let rows = context.applied_for(&graph, &destination).await?;
        let applied = rows.iter().flatten().map(|row| row.revision.as_str()).collect();
        let revisions = graph.find(&destination, &applied)?;
        let view = match &rows {
            Some(rows) => View::of_database(&graph, rows),
            None => View::of_files(&graph),
        };
        let paint = Paint::of(&io::stdout());
        let mut objects = Vec::new();
        let mut shown = Vec::new();
        for revision in &revisions {
            let content = context.text(revision.file())?;
            let mut object = view.json(revision);
            object["checksum"] = json!(revision.checksum());
            object["text"] = json!(content);
            objects.push(object);
            shown.push(format!("{}\n\n{}", view.block(revision, paint).join("\n"), content));
        }
        match context.is_json() {
            true => document(&Value::Array(objects))?,
            false => text(&shown.join("\n"))?,
        }
        if revisions.is_empty() {
            context.note(&format!("{} is no revision: nothing to show", self.revision));
        }
        Ok(Exit::Done)
    }
}
