//! `stamp`: writes down where a database is, and runs nothing.

use std::collections::BTreeSet;

use clap::Args;
use underpin::migrate::Destination;

use crate::cli::EXIT_CODES;
use crate::context::Context;
use crate::error::Result;
use crate::exit::Exit;
use crate::migration::{How, Work, applied_up_to};
use crate::naming;

/// Write down that a database is at a revision, and run nothing
#[derive(Debug, Args)]
#[command(after_help = format!("\
Examples:
  underpin stamp head                       a database that was built by other means
  underpin stamp base                       as if nothing had ever been applied
  underpin stamp 3f2a --purge               forget what was written down before

{EXIT_CODES}"))]
pub(crate) struct Stamp {
    /// Where it is; one for each branch. With --sql also [from]:[to]
    #[arg(value_name = "REVISION", required = true, allow_negative_numbers = true)]
    revisions: Vec<String>,

    /// Forget first everything that is written down
    #[arg(long, conflicts_with = "sql")]
    purge: bool,

    #[command(flatten)]
    how: How,
}

impl Stamp {
    pub(crate) async fn run(self, context: &Context) -> Result<Exit> {
        if self.how.sql {
            return self.script(context);
        }
        let to = naming::destinations(&self.revisions)?;
        self.how.migrate(context, &Work::Stamp { to, purge: self.purge }).await
    }

    fn script(&self, context: &Context) -> Result<Exit> {
        let graph = context.graph()?;
        let (applied, to) = match self.revisions.as_slice() {
            [range] if range.contains(':') => {
                let range = naming::range(range)?;
                let applied = match range.from() {
                    Some(from) => applied_up_to(&graph, from)?,
                    None => BTreeSet::new(),
                };
                (applied, vec![range.to().cloned().unwrap_or_else(Destination::head)])
            }
            several => (BTreeSet::new(), naming::destinations(several)?),
        };
        let moves = graph.stamp(&applied, &to)?;
        self.how.print_script(context, &moves)
    }
}
