//! `secrets move`: the four revisions by which a plain column becomes an encrypted one.

use clap::Args;
use underpin::migrate::NewRevision;
use underpin::secrets::{DriverPlace, Move};

use super::columns::Columns;
use crate::context::Context;
use crate::database::{Place, Purpose};
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::writing;

/// Write the four revisions by which a column of plain values becomes an encrypted one
#[derive(Debug, Args)]
#[command(after_help = "\
Example: underpin secrets move patients.phone_encrypted --from phone --context patients.phone

The table is looked at as it is. Each file says which program is deployed after it. Describe the column in underpin.toml, with
`plain = \"phone\"`: the second revision encrypts with the key ring, and needs to know how.")]
pub(super) struct Transfer {
    #[command(flatten)]
    columns: Columns,

    /// The column of the same table that holds the plain values [default: `plain` in underpin.toml]
    #[arg(long, value_name = "COLUMN")]
    from: Option<String>,
}

impl Transfer {
    pub(super) async fn run(self, context: &Context) -> Result<Exit> {
        let columns = self.columns.find(context)?;
        let [column] = columns.as_slice() else {
            return Err(Error::mistake(
                "one column is moved at a time",
                "name the encrypted one: TABLE.COLUMN",
            ));
        };
        let column = match self.from {
            Some(plain) => column.clone().moved_from(plain),
            None => column.clone(),
        };
        let graph = context.graph_of_files()?;
        let heads: Vec<String> = graph.heads().map(|revision| revision.id().to_owned()).collect();
        let [head] = heads.as_slice() else {
            return Err(Error::mistake(
                "there is not one head to stand on",
                "`underpin heads` lists them; merge them first",
            ));
        };
        let database = Place::of_url(context.url()?);
        let moved = database
            .with_driver(Purpose::Look, async |driver| {
                Ok(Move::of(&mut DriverPlace::new(driver), &column).await?)
            })
            .await?;
        let mut parent = head.clone();
        let mut new = Vec::new();
        for draft in moved.revisions() {
            let mut revision = NewRevision::new(draft.message);
            revision.revises = vec![parent];
            revision.body = draft.body;
            parent = revision.id.clone();
            new.push(revision);
        }
        if !context.encrypted_columns()?.iter().any(|known| known.plain().is_some() && *known == column) {
            context.note(&format!(
                "describe {column} in underpin.toml by [[encrypted_columns]], with plain = \"{}\": the second revision calls {}",
                column.plain().unwrap_or_default(),
                moved.function(),
            ));
        }
        writing::write(context, &new)?.tell(context, &new)
    }
}
