//! `merge`: one revision that stands on several heads.

use std::collections::BTreeSet;

use clap::Args;
use underpin::migrate::NewRevision;

use super::revision::check_heads;
use crate::cli::EXIT_CODES;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::naming;
use crate::writing;

/// Write a revision that brings several heads together
#[derive(Debug, Args)]
#[command(after_help = format!("Example: underpin merge -m \"bring accounts and billing together\"\n\n{EXIT_CODES}"))]
pub(crate) struct Merge {
    /// What to bring together
    #[arg(value_name = "REVISION", default_value = "heads")]
    revisions: Vec<String>,

    /// What the revision says of itself [default: the names of what it brings together]
    #[arg(long, short, value_name = "TEXT")]
    message: Option<String>,

    /// A name for the branch that begins here; may be given several times
    #[arg(long, value_name = "LABEL")]
    branch_label: Vec<String>,

    /// Its identifier [default: twelve hexadecimal digits by chance]
    #[arg(long, value_name = "ID")]
    rev_id: Option<String>,

    /// Stand on revisions on which others stand already
    #[arg(long)]
    splice: bool,
}

impl Merge {
    pub(crate) fn run(self, context: &Context) -> Result<Exit> {
        let graph = context.graph_of_files()?;
        let mut parents: Vec<String> = Vec::new();
        for name in &self.revisions {
            let found = match name.as_str() {
                // Those that somebody only depends on are brought together too.
                "heads" => graph.heads().collect(),
                name => graph.find(&naming::destination(name)?, &BTreeSet::new())?,
            };
            parents.extend(writing::identifiers(&found));
        }
        let mut seen = BTreeSet::new();
        parents.retain(|id| seen.insert(id.clone()));
        if parents.len() < 2 {
            let what = parents.first().map_or_else(|| "no revision".to_owned(), |id| format!("only {id}"));
            return Err(Error::mistake(
                format!("there is {what} to bring together"),
                "name two or more revisions; `underpin heads` lists the heads",
            ));
        }
        check_heads(&graph, &parents, self.splice)?;
        let message = self.message.unwrap_or_else(|| format!("Merge {}", parents.join(" and ")));
        let mut new = NewRevision::new(message);
        new.revises = parents;
        new.branch_labels = self.branch_label;
        if let Some(id) = self.rev_id {
            new.id = id;
        }
        let new = [new];
        writing::write(context, &new)?.tell(context, &new)
    }
}
