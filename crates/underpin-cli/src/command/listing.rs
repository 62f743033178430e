//! Revisions one below the other, as a table, as blocks or as JSON.

use std::io;

use serde_json::Value;
use underpin::migrate::Revision;

use crate::context::Context;
use crate::error::Result;
use crate::output::{Paint, Table, document, text};
use crate::view::View;

pub(super) fn print(
    context: &Context,
    view: &View<'_>,
    revisions: &[&Revision],
    verbose: bool,
    with_dots: bool,
) -> Result<()> {
    if context.is_json() {
        return document(&Value::Array(revisions.iter().map(|revision| view.json(revision)).collect()));
    }
    let paint = Paint::of(&io::stdout());
    if verbose {
        let blocks = revisions.iter().map(|revision| view.block(revision, paint).join("\n") + "\n");
        return text(&blocks.collect::<Vec<_>>().join("\n"));
    }
    let mut table = Table::default();
    for revision in revisions {
        let dot = if with_dots { view.dot(revision) } else { "" };
        table.row([
            (dot.to_owned(), dot.to_owned()),
            (revision.id().to_owned(), paint.yellow(revision.id())),
            (revision.message().to_owned(), revision.message().to_owned()),
            view.notes(revision, paint),
        ]);
    }
    text(&table.text())
}
