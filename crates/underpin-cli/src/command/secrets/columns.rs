//! Which encrypted columns a command is about.

use clap::Args;
use underpin::secrets::StoredColumn;

use crate::context::Context;
use crate::error::{Error, Result};

#[derive(Debug, Args)]
pub(super) struct Columns {
    /// Encrypted columns [default: all that the program or underpin.toml names]
    #[arg(value_name = "TABLE.COLUMN")]
    names: Vec<String>,

    /// The name of the column in what is authenticated, for one that is not configured
    #[arg(long, value_name = "NAME")]
    context: Option<String>,

    /// The columns that its values are bound to, in their order [default: the primary key]
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    row: Vec<String>,
}

impl Columns {
    /// # Errors
    /// A name that is none, or of a column that is not known and not described; no column at all.
    pub(super) fn find(&self, context: &Context) -> Result<Vec<StoredColumn>> {
        let known = context.encrypted_columns()?;
        if (self.context.is_some() || !self.row.is_empty()) && self.names.len() != 1 {
            return Err(Error::mistake("--context and --row describe one column", "name it: TABLE.COLUMN"));
        }
        if self.names.is_empty() {
            return match known.is_empty() {
                false => Ok(known),
                true => Err(Error::mistake(
                    "no encrypted column is known",
                    "describe them in underpin.toml by [[encrypted_columns]], or name one: TABLE.COLUMN --context NAME",
                )),
            };
        }
        self.names.iter().map(|name| self.one(name, &known)).collect()
    }

    fn one(&self, name: &str, known: &[StoredColumn]) -> Result<StoredColumn> {
        let found = known.iter().find(|column| column.to_string() == name);
        let mut column = match (found, &self.context) {
            (Some(column), _) => column.clone(),
            (None, Some(_)) => name.parse()?,
            (None, None) => {
                let names: Vec<String> = known.iter().map(StoredColumn::to_string).collect();
                let hint = match names.is_empty() {
                    true => "describe it in underpin.toml by [[encrypted_columns]], or give --context NAME"
                        .to_owned(),
                    false => format!("known are {}; another one needs --context NAME", names.join(", ")),
                };
                return Err(Error::mistake(format!("the encrypted column {name} is not known"), hint));
            }
        };
        if let Some(context) = &self.context {
            column = column.with_context(context);
        }
        Ok(if self.row.is_empty() { column } else { column.bound_to(&self.row) })
    }
}
