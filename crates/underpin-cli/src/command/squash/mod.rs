//! `squash`: one revision in the place of many, beside which the old ones stay until every database has passed.

mod body;
mod status;

use std::collections::BTreeSet;

use clap::Args;
use underpin::migrate::{Graph, NewRevision, Revision};

use crate::cli::EXIT_CODES;
use crate::context::Context;
use crate::each::Each;
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::naming;
use crate::writing;

/// Write one revision that stands for many
#[derive(Debug, Args)]
#[command(after_help = format!("\
The old files stay. A database that has none of them takes the squash; one that has some goes on
with the old files up to the last, and is then recorded at the squash. Once `underpin squash
--status` says so for every database, the old files may be deleted.

Examples:
  underpin squash -m \"the first year\" 001:042
  underpin squash --status --each-file databases.txt

{EXIT_CODES}"))]
pub(crate) struct Squash {
    /// From where to where, both included: FROM:TO, or :TO from the base
    #[arg(value_name = "FROM:TO", required_unless_present = "status")]
    range: Option<String>,

    /// What the revision says of itself
    #[arg(long, short, value_name = "TEXT", required_unless_present = "status")]
    message: Option<String>,

    /// Its identifier [default: twelve hexadecimal digits by chance]
    #[arg(long, value_name = "ID")]
    rev_id: Option<String>,

    /// Say whether the old files may be deleted; ends with exit code 1 if a database still needs them
    #[arg(long, conflicts_with_all = ["range", "message", "rev_id"])]
    status: bool,

    #[command(flatten)]
    each: Each,
}

impl Squash {
    pub(crate) async fn run(self, context: &Context) -> Result<Exit> {
        if self.status {
            return status::run(context, &self.each).await;
        }
        let graph = context.graph_of_files()?;
        let range = self.range.unwrap_or_default();
        let members = members(&graph, &range)?;
        let ids: BTreeSet<&str> = members.iter().map(|revision| revision.id()).collect();
        check_closed(&graph, &members, &ids)?;
        let texts: Result<Vec<String>> =
            members.iter().map(|revision| context.text(revision.file())).collect();
        let mut new = NewRevision::new(self.message.unwrap_or_default());
        new.body = body::of(&members, &texts?);
        new.replaces = members.iter().map(|revision| revision.id().to_owned()).collect();
        new.revises = outside(&members, &ids, Revision::revises);
        new.depends_on = outside(&members, &ids, Revision::depends_on);
        if let Some(id) = self.rev_id {
            new.id = id;
        }
        let new = [new];
        let exit = writing::write(context, &new)?.tell(context, &new)?;
        context.note(&format!(
            "it stands for {} revisions; keep their files until `underpin squash --status` says that every database has passed",
            members.len()
        ));
        Ok(exit)
    }
}

/// The revisions of a range, parents first.
fn members<'g>(graph: &'g Graph, range: &str) -> Result<Vec<&'g Revision>> {
    if !range.contains(':') {
        let hint = "write FROM:TO, both included, or :TO from the base";
        return Err(Error::mistake(format!("`{range}` is no range"), hint));
    }
    let mut members = graph.history(&naming::range(range)?, &BTreeSet::new())?;
    members.reverse();
    match members.as_slice() {
        [] | [_] => Err(Error::mistake(
            format!("{} revisions are in {range}", members.len()),
            "name a range of two or more; `underpin history` lists the revisions",
        )),
        [..] => Ok(members),
    }
}

/// Refuses a range into whose middle something else reaches.
fn check_closed(graph: &Graph, members: &[&Revision], ids: &BTreeSet<&str>) -> Result<()> {
    let inside = |id: &str| graph.children(id).any(|child| ids.contains(child.id()));
    let heads: Vec<&str> = members.iter().map(|revision| revision.id()).filter(|id| !inside(id)).collect();
    if let [_, _, ..] = heads.as_slice() {
        return Err(Error::mistake(
            format!("the range ends at {}", heads.join(" and ")),
            "a squash takes the place of a range that has one end: merge them first, or squash each branch",
        ));
    }
    for revision in members.iter().filter(|revision| !heads.contains(&revision.id())) {
        if let Some(child) = graph.children(revision.id()).find(|child| !ids.contains(child.id())) {
            return Err(Error::mistake(
                format!("{} stands on {}, in the middle of the range", child.id(), revision.id()),
                "end the range where the branch begins, or take the branch in up to its merge",
            )
            .at(child.file(), None));
        }
    }
    if let Some(squash) = members.iter().find(|revision| !revision.replaces().is_empty()) {
        return Err(Error::mistake(
            format!("{} is a squash itself", squash.id()),
            "delete the files that it replaces once every database has passed, and its `replaces` line; then squash it",
        )
        .at(squash.file(), None));
    }
    Ok(())
}

/// What the members refer to and are not.
fn outside(members: &[&Revision], ids: &BTreeSet<&str>, names: fn(&Revision) -> &[String]) -> Vec<String> {
    let is_member = |name: &str| {
        ids.contains(name)
            || members.iter().any(|revision| revision.branch_labels().iter().any(|label| label == name))
    };
    let mut outside: Vec<String> = Vec::new();
    for name in members.iter().flat_map(|revision| names(revision)) {
        if !is_member(name) && !outside.contains(name) {
            outside.push(name.clone());
        }
    }
    outside
}
