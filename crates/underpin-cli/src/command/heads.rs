//! `heads`: the revisions on which none stands.

use clap::Args;
use underpin::migrate::Revision;

use super::listing;
use crate::cli::EXIT_CODES;
use crate::context::Context;
use crate::error::Result;
use crate::exit::Exit;
use crate::view::View;

/// List the revisions on which no other stands
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Heads {
    /// All that is known about each
    #[arg(long, short)]
    verbose: bool,

    /// Without those on which another revision depends
    #[arg(long)]
    resolve_dependencies: bool,
}

impl Heads {
    pub(crate) fn run(self, context: &Context) -> Result<Exit> {
        let graph = context.graph()?;
        let heads: Vec<&Revision> =
            if self.resolve_dependencies { graph.real_heads().collect() } else { graph.heads().collect() };
        listing::print(context, &View::of_files(&graph), &heads, self.verbose, false)?;
        Ok(Exit::Done)
    }
}
