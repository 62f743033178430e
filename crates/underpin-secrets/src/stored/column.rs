//! Which column of which table is encrypted, in words.

use std::fmt;
use std::str::FromStr;

use crate::{Padding, SecretsError};

/// An encrypted column where it is stored: its table, its name for ever, and what its values are bound to.
///
/// The primary key of the table and the form of the values (bytes or base64) are asked of the database.
///
/// ```
/// use underpin_secrets::StoredColumn;
///
/// let phone = StoredColumn::new("patients", "phone");
/// assert_eq!((phone.to_string().as_str(), phone.context()), ("patients.phone", "patients.phone"));
///
/// let token = StoredColumn::new("encrypted_secrets", "encrypted_value")
///     .with_context("secrets.value")
///     .bound_to(["user_id", "secret_type"]);
/// assert_eq!(token.row(), ["user_id", "secret_type"]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredColumn {
    schema: Option<String>,
    table: String,
    column: String,
    context: String,
    row: Vec<String>,
    plain: Option<String>,
    padding: Padding,
}

impl StoredColumn {
    /// A column whose context is `table.column` and whose values are bound to the primary key of one column.
    #[must_use]
    pub fn new(table: impl Into<String>, column: impl Into<String>) -> Self {
        let (table, column) = (table.into(), column.into());
        let context = format!("{table}.{column}");
        Self { schema: None, table, column, context, row: Vec::new(), plain: None, padding: Padding::None }
    }

    /// In a schema of PostgreSQL that the search path does not name.
    #[must_use]
    pub fn in_schema(mut self, schema: impl Into<String>) -> Self {
        self.schema = Some(schema.into());
        self
    }

    /// With the column's name in what is authenticated, as the mapping gives it.
    #[must_use]
    pub fn with_context(mut self, context: impl Into<String>) -> Self {
        self.context = context.into();
        self
    }

    /// With the columns that a value is bound to, in the order in which the mapping gives them. A single one counts as
    /// its text, a UUID or bytes as its bytes; several count as their texts.
    #[must_use]
    pub fn bound_to(mut self, columns: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.row = columns.into_iter().map(Into::into).collect();
        self
    }

    /// With the column of the same table that holds the plain values still: see [`Move`](crate::Move).
    #[must_use]
    pub fn moved_from(mut self, plain: impl Into<String>) -> Self {
        self.plain = Some(plain.into());
        self
    }

    /// With the padding that the mapping gives the column. Only a [`Backfill`](crate::Backfill) needs it: rotated values keep
    /// theirs.
    #[must_use]
    pub fn padded(mut self, padding: Padding) -> Self {
        self.padding = padding;
        self
    }

    /// The schema, if one was given.
    #[must_use]
    pub fn schema(&self) -> Option<&str> {
        self.schema.as_deref()
    }

    /// The table.
    #[must_use]
    pub fn table(&self) -> &str {
        &self.table
    }

    /// The column.
    #[must_use]
    pub fn column(&self) -> &str {
        &self.column
    }

    /// The column's name in what is authenticated.
    #[must_use]
    pub fn context(&self) -> &str {
        &self.context
    }

    /// What values are bound to; empty for the primary key.
    #[must_use]
    pub fn row(&self) -> &[String] {
        &self.row
    }

    /// The padding of values that are encrypted for the first time.
    #[must_use]
    pub fn padding(&self) -> Padding {
        self.padding
    }

    /// The column that holds the plain values still.
    #[must_use]
    pub fn plain(&self) -> Option<&str> {
        self.plain.as_deref()
    }
}

/// Reads `table.column`, or `schema.table.column`.
impl FromStr for StoredColumn {
    type Err = SecretsError;

    fn from_str(text: &str) -> Result<Self, SecretsError> {
        let parts: Vec<&str> = text.split('.').collect();
        match parts.as_slice() {
            [table, column] if !table.is_empty() && !column.is_empty() => Ok(Self::new(*table, *column)),
            [schema, table, column] if parts.iter().all(|part| !part.is_empty()) => {
                Ok(Self::new(*table, *column).in_schema(*schema))
            }
            _ => {
                Err(SecretsError::usage("this names no column", "write TABLE.COLUMN, such as patients.phone"))
            }
        }
    }
}

impl fmt::Display for StoredColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(schema) = &self.schema {
            write!(f, "{schema}.")?;
        }
        write!(f, "{}.{}", self.table, self.column)
    }
}
