//! `upgrade`: applies what is missing.

use clap::Args;

use crate::cli::EXIT_CODES;
use crate::context::Context;
use crate::error::Result;
use crate::exit::Exit;
use crate::migration::{How, Work};
use crate::naming;

/// Apply what is missing, up to a revision
#[derive(Debug, Args)]
#[command(after_help = format!("\
Examples:
  underpin upgrade                          everything
  underpin upgrade +1                       one more
  underpin upgrade heads --dry-run          what would run
  underpin upgrade 3f2a:head --sql > up.sql the same as a script, for a database that is at 3f2a
  underpin upgrade head --each 'tenant_*'   in every schema of that name

{EXIT_CODES}"))]
pub(crate) struct Upgrade {
    /// Where to end; with --sql also [from]:[to]
    #[arg(value_name = "REVISION", default_value = "head", allow_negative_numbers = true)]
    revision: String,

    #[command(flatten)]
    how: How,
}

impl Upgrade {
    pub(crate) async fn run(self, context: &Context) -> Result<Exit> {
        if self.how.sql {
            let graph = context.graph()?;
            let moves = graph.offline_upgrade(&naming::range(&self.revision)?)?;
            return self.how.print_script(context, &moves);
        }
        self.how.migrate(context, &Work::Upgrade(naming::destination(&self.revision)?)).await
    }
}
