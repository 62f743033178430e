//! `downgrade`: undoes what stands above a revision.

use clap::Args;

use crate::cli::EXIT_CODES;
use crate::context::Context;
use crate::error::Result;
use crate::exit::Exit;
use crate::migration::{How, Work};
use crate::naming;

/// Undo what stands above a revision; its own work stays
#[derive(Debug, Args)]
#[command(after_help = format!("\
Examples:
  underpin downgrade -1                     the last one
  underpin downgrade base                   everything
  underpin downgrade accounts@base          a whole branch
  underpin downgrade 3f2a:001 --sql         as a script

{EXIT_CODES}"))]
pub(crate) struct Downgrade {
    /// Where to end; with --sql from:to
    #[arg(value_name = "REVISION", allow_negative_numbers = true)]
    revision: String,

    #[command(flatten)]
    how: How,
}

impl Downgrade {
    pub(crate) async fn run(self, context: &Context) -> Result<Exit> {
        if self.how.sql {
            let graph = context.graph()?;
            let moves = graph.offline_downgrade(&naming::range(&self.revision)?)?;
            return self.how.print_script(context, &moves);
        }
        self.how.migrate(context, &Work::Downgrade(naming::destination(&self.revision)?)).await
    }
}
