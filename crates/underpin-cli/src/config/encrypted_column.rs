//! An encrypted column of the database, as the configuration describes it.

use serde::Deserialize;
use underpin::secrets::{Padding, StoredColumn};

use crate::error::{Error, Result};

/// `[[encrypted_columns]]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EncryptedColumn {
    table: String,
    column: String,
    schema: Option<String>,
    context: Option<String>,
    #[serde(default)]
    row: Vec<String>,
    plain: Option<String>,
    padding: Option<u32>,
}

impl EncryptedColumn {
    /// # Errors
    /// A padding that there is not.
    pub(crate) fn stored(self) -> Result<StoredColumn> {
        let padding = match self.padding {
            None => Padding::None,
            Some(16) => Padding::To16,
            Some(32) => Padding::To32,
            Some(64) => Padding::To64,
            Some(other) => {
                let what = format!("{}.{} is padded to {other}", self.table, self.column);
                return Err(Error::mistake(what, "padding is 16, 32 or 64, or left out"));
            }
        };
        let mut column = StoredColumn::new(self.table, self.column).bound_to(self.row).padded(padding);
        if let Some(schema) = self.schema {
            column = column.in_schema(schema);
        }
        if let Some(context) = self.context {
            column = column.with_context(context);
        }
        Ok(match self.plain {
            Some(plain) => column.moved_from(plain),
            None => column,
        })
    }
}
