//! `revision`: a new file, to be filled.

use std::collections::BTreeSet;

use clap::Args;
use underpin::migrate::{Graph, NewRevision};

use crate::cli::EXIT_CODES;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::naming;
use crate::writing;

const NOTHING_RUNS: &str = "\
-- +upgrade
-- Nothing runs here: the revision is a place in the graph.

-- +downgrade
";

/// Write a new revision file
#[derive(Debug, Args)]
#[command(after_help = format!("\
Examples:
  underpin revision -m \"create users\"
  underpin revision -m \"accounts begin\" --head base --branch-label accounts
  underpin revision -m \"add owner\" --head accounts@head --depends-on 3f2a

It prints the path of the file: $EDITOR \"$(underpin revision -m \"create users\")\"

{EXIT_CODES}"))]
pub(crate) struct NewFile {
    /// What the revision does, in one line
    #[arg(long, short, value_name = "TEXT")]
    message: String,

    /// On which revision it stands; base begins a branch of its own
    #[arg(long, value_name = "REVISION", default_value = "head", allow_hyphen_values = true)]
    head: String,

    /// Stand on a revision on which others stand already
    #[arg(long)]
    splice: bool,

    /// A name for the branch that begins here; may be given several times
    #[arg(long, value_name = "LABEL")]
    branch_label: Vec<String>,

    /// A revision or label that must be applied before, without being the parent; may be given several times
    #[arg(long, value_name = "REVISION")]
    depends_on: Vec<String>,

    /// Its identifier [default: twelve hexadecimal digits by chance]
    #[arg(long, value_name = "ID")]
    rev_id: Option<String>,

    /// Without a place for SQL: a label, a dependency or a meeting point, and nothing that runs
    #[arg(long)]
    sql_free: bool,
}

impl NewFile {
    pub(crate) fn run(self, context: &Context) -> Result<Exit> {
        let graph = context.graph_of_files()?;
        let mut new = NewRevision::new(self.message);
        new.revises = parents(&graph, &self.head, self.splice)?;
        new.depends_on = dependencies(&graph, &self.depends_on)?;
        new.branch_labels = self.branch_label;
        if let Some(id) = self.rev_id {
            new.id = id;
        }
        if self.sql_free {
            new.body = NOTHING_RUNS.to_owned();
        }
        let new = [new];
        writing::write(context, &new)?.tell(context, &new)
    }
}

/// The identifiers on which a new file is to stand.
fn parents(graph: &Graph, head: &str, splice: bool) -> Result<Vec<String>> {
    // The first revision of all stands on nothing, whatever is said.
    if head == "head" && graph.iter().next().is_none() {
        return Ok(Vec::new());
    }
    let found = graph.find(&naming::destination(head)?, &BTreeSet::new())?;
    check_heads(graph, &writing::identifiers(&found), splice)?;
    Ok(writing::identifiers(&found))
}

/// Refuses to begin a branch that nobody has asked for.
pub(super) fn check_heads(graph: &Graph, ids: &[String], splice: bool) -> Result<()> {
    match ids.iter().find(|id| !splice && !graph.is_head(id)) {
        None => Ok(()),
        Some(id) => Err(Error::mistake(
            format!("other revisions stand on {id} already"),
            "stand on a head (`underpin heads` lists them), or say --splice to begin a branch here",
        )),
    }
}

/// Labels stay as they are written, beginnings of identifiers become whole.
fn dependencies(graph: &Graph, names: &[String]) -> Result<Vec<String>> {
    let is_label =
        |name: &str| graph.iter().any(|revision| revision.branch_labels().iter().any(|label| label == name));
    let mut ids = Vec::new();
    for name in names {
        if is_label(name) {
            ids.push(name.clone());
        } else {
            ids.extend(writing::identifiers(&graph.find(&naming::destination(name)?, &BTreeSet::new())?));
        }
    }
    Ok(ids)
}
