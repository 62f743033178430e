//! `adopt`: takes over a database that another tool has migrated, without running anything.

use std::collections::BTreeSet;

use clap::Args;
use serde_json::json;
use underpin::migrate::foreign::{self, ForeignHistory};
use underpin::migrate::{ConnectionTarget, Destination, Graph, Plan, Revision, Runner};

use crate::cli::EXIT_CODES;
use crate::context::Context;
use crate::database::{Place, Purpose};
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::naming;
use crate::output::{document, line};

/// Take over a database that Alembic, sqlx, Diesel or refinery has migrated
#[derive(Debug, Args)]
#[command(after_help = format!("\
It reads that tool's table, finds the revisions by their versions, and writes them down as applied;
tables and data stay as they are, and so does the other tool's table. `underpin import` makes
revisions of that tool's files.

Examples:
  underpin adopt --dry-run                  what would be written down
  underpin adopt --as 3f2a                  at a revision that is said by hand

{EXIT_CODES}"))]
pub(crate) struct Adopt {
    /// The revision at which the database is; one for each branch [default: found by the other tool's versions]
    #[arg(long = "as", value_name = "REVISION")]
    at: Vec<String>,

    /// Only show what would be written down
    #[arg(long)]
    dry_run: bool,
}

impl Adopt {
    pub(crate) async fn run(self, context: &Context) -> Result<Exit> {
        let graph = context.graph()?;
        let purpose = if self.dry_run { Purpose::Look } else { Purpose::Change };
        let place = Place::of_url(context.url()?);
        let (histories, plan) = place.with(purpose, async |target| self.adopt(&graph, target).await).await?;
        let heads = plan.heads_after().to_vec();
        let stamped: Vec<&str> = plan.steps().iter().flat_map(underpin::migrate::Step::inserted).collect();
        if context.is_json() {
            let tools =
                histories.iter().map(|history| json!({ "tool": history.tool, "versions": history.versions }));
            let tools: Vec<_> = tools.collect();
            document(&json!({ "tools": tools, "stamped": stamped, "heads_after": heads }))?;
            return Ok(Exit::Done);
        }
        for id in &stamped {
            let message = graph.revision(id).map_or("", Revision::message);
            line(&format!("stamp  {id}  {message}"))?;
        }
        let from = histories.first().map_or_else(String::new, |history| format!(" of {}", history.tool));
        let would = if self.dry_run { "would be" } else { "is now" };
        context.note(&format!("the database{from} {would} at {}", heads.join(", ")));
        Ok(Exit::Done)
    }
}

impl Adopt {
    async fn adopt(
        &self,
        graph: &Graph,
        target: &mut ConnectionTarget,
    ) -> Result<(Vec<ForeignHistory>, Plan)> {
        let runner = Runner::new(graph);
        if let Some(row) = runner.applied(target).await?.first() {
            return Err(Error::mistake(
                format!("the database is adopted already: its journal has {}", row.revision),
                "use `underpin upgrade`, or `underpin stamp` to correct what is written down",
            ));
        }
        let histories = foreign::read(target).await?;
        let to = match (self.at.as_slice(), histories.as_slice()) {
            ([], [history]) => found(graph, history)?,
            ([], []) => return Err(no_history()),
            ([], several) => return Err(several_tools(several)),
            (named, _) => naming::destinations(named)?,
        };
        let plan = match self.dry_run {
            true => runner.plan_stamp(target, &to, false).await?,
            false => runner.stamp(target, &to, false).await?,
        };
        Ok((histories, plan))
    }
}

fn no_history() -> Error {
    Error::mistake(
        "the database has no table of Alembic, sqlx, Diesel or refinery",
        "name the database that the other tool has migrated, or say --as REVISION what it corresponds to",
    )
}

fn several_tools(histories: &[ForeignHistory]) -> Error {
    let tables: Vec<&str> = histories.iter().map(|history| history.table).collect();
    Error::mistake(
        format!("several tools have migrated the database: it has {}", tables.join(" and ")),
        "drop the table of the one that is no longer used, or say --as REVISION",
    )
}

/// The revisions of a tool's versions: the heads among them.
fn found(graph: &Graph, history: &ForeignHistory) -> Result<Vec<Destination>> {
    if let Some(failed) = history.failed.first() {
        return Err(Error::mistake(
            format!("the version {failed} of {} failed half-way", history.tool),
            "bring it to its end or take it back by that tool first",
        ));
    }
    let revisions: Result<Vec<&Revision>> =
        history.versions.iter().map(|version| revision_of(graph, version)).collect();
    let revisions = revisions?;
    if revisions.is_empty() {
        return Err(Error::mistake(
            format!("{} has applied nothing: {} is empty", history.tool, history.table),
            "use `underpin upgrade`",
        ));
    }
    let ids: BTreeSet<&str> = revisions.iter().map(|revision| revision.id()).collect();
    // A tool that lists all that it has applied must not have left out a parent.
    let gap = |revision: &&&Revision| revision.revises().iter().any(|parent| !ids.contains(parent.as_str()));
    if let Some(revision) = revisions.iter().find(|revision| history.tool != "alembic" && gap(revision)) {
        return Err(Error::mistake(
            format!("{} has applied {} and not what it stands on", history.tool, revision.id()),
            "say --as REVISION what the database corresponds to",
        ));
    }
    graph.heads_of(&ids).into_iter().map(|revision| Ok(revision.id().parse()?)).collect()
}

/// The revision whose identifier is a version, or begins with it, or with which the version begins.
fn revision_of<'g>(graph: &'g Graph, version: &str) -> Result<&'g Revision> {
    if let Some(revision) = graph.revision(version) {
        return Ok(revision);
    }
    let is_like =
        |revision: &&Revision| revision.id().starts_with(version) || version.starts_with(revision.id());
    let mut like = graph.iter().filter(is_like);
    match (like.next(), like.next()) {
        (Some(revision), None) => Ok(revision),
        (None, _) => Err(Error::mistake(
            format!("no revision is the version {version}"),
            "import the other tool's files with `underpin import`, or say --as REVISION",
        )),
        (Some(one), Some(other)) => Err(Error::mistake(
            format!("the version {version} may be {} or {}", one.id(), other.id()),
            "say --as REVISION which one it is",
        )),
    }
}
