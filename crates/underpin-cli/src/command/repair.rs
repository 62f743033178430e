//! `repair`: accepts files that were edited after they had been applied.

use std::collections::BTreeSet;

use clap::Args;
use serde_json::json;
use underpin::migrate::{Applied, ConnectionTarget, Graph, Runner};

use crate::cli::EXIT_CODES;
use crate::context::Context;
use crate::database::{Place, Purpose};
use crate::error::Result;
use crate::exit::Exit;
use crate::naming;
use crate::output::{document, line};

/// Accept files that were edited after they had been applied
#[derive(Debug, Args)]
#[command(after_help = format!("\
A file that has been applied must not change: databases that have it would not get the change.
Repair is for edits that change nothing, as of a comment, and only after a look at the file.

{EXIT_CODES}"))]
pub(crate) struct Repair {
    /// Which ones [default: all that were edited]
    #[arg(value_name = "REVISION")]
    revisions: Vec<String>,

    /// Only list the files that were edited
    #[arg(long)]
    dry_run: bool,
}

impl Repair {
    pub(crate) async fn run(self, context: &Context) -> Result<Exit> {
        let graph = context.graph()?;
        let purpose = if self.dry_run { Purpose::Look } else { Purpose::Change };
        let place = Place::of_url(context.url()?);
        let ids = place.with(purpose, async |target| self.repair(&graph, target).await).await?;
        if context.is_json() {
            document(&json!({ "edited": ids, "repaired": !self.dry_run }))?;
        } else {
            let what = if self.dry_run { "edited" } else { "accepted" };
            for id in &ids {
                let file = graph.revision(id).map_or("", |revision| revision.file());
                line(&format!("{what}  {id}  {file}"))?;
            }
        }
        if ids.is_empty() {
            context.note("no applied file was edited");
        }
        Ok(Exit::Done)
    }

    /// The edited files, which are accepted unless this is only a look.
    async fn repair(&self, graph: &Graph, target: &mut ConnectionTarget) -> Result<Vec<String>> {
        let runner = Runner::new(graph);
        let rows = runner.applied(target).await?;
        let named = self.named(graph, &rows)?;
        let is_edited = |row: &&Applied| {
            let file = graph.revision(&row.revision);
            let is_named = named.is_empty() || named.contains(row.revision.as_str());
            is_named && file.is_some_and(|file| file.checksum() != row.checksum)
        };
        let ids: Vec<&str> = rows.iter().filter(is_edited).map(|row| row.revision.as_str()).collect();
        if !self.dry_run && !ids.is_empty() {
            runner.repair(target, &ids).await?;
        }
        Ok(ids.into_iter().map(str::to_owned).collect())
    }

    fn named<'g>(&self, graph: &'g Graph, rows: &[Applied]) -> Result<BTreeSet<&'g str>> {
        let applied = Applied::identifiers(rows);
        let mut named = BTreeSet::new();
        for written in &self.revisions {
            let found = graph.find(&naming::destination(written)?, &applied)?;
            named.extend(found.into_iter().map(|revision| revision.id()));
        }
        Ok(named)
    }
}
