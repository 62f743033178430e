//! `import`: makes revisions of the files of another tool.

use std::path::PathBuf;

use clap::Args;
use underpin::migrate::import;

use crate::cli::{EXIT_CODES, Named};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::writing;

/// Make revisions of another tool's files
#[derive(Debug, Args)]
#[command(after_help = format!("\
Layouts: NNN_name.up.sql with NNN_name.down.sql, those of sqlx, Diesel and refinery. Versions become
identifiers, so that `underpin adopt` finds them in a database. The files stay where they are.

Example: underpin import ../old/migrations

{EXIT_CODES}"))]
pub(crate) struct Import {
    /// The directory of the other tool
    #[arg(value_name = "DIR")]
    directory: PathBuf,

    /// The database that its SQL is for [default: every one, if the SQL allows it]
    #[arg(long, value_enum)]
    dialect: Option<Named>,
}

impl Import {
    pub(crate) fn run(self, context: &Context) -> Result<Exit> {
        let new = import::read(&self.directory, self.dialect.map(Named::dialect))?;
        let present = context.graph_of_files()?;
        if let Some(clash) = new.iter().find(|new| present.revision(&new.id).is_some()) {
            return Err(Error::mistake(
                format!("{} is a revision already", clash.id),
                "import into an empty directory: name one by --migrations DIR",
            ));
        }
        let exit = writing::write(context, &new)?.tell(context, &new)?;
        context.note(&format!(
            "imported {} revisions; `underpin adopt` takes over a database that has them",
            new.len()
        ));
        Ok(exit)
    }
}
