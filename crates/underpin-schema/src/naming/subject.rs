//! What is to be named.

/// A constraint or an index that needs a name.
#[derive(Debug, Clone)]
pub struct Subject<'a> {
    pub(crate) kind: Kind,
    pub(crate) table: &'a str,
    pub(crate) columns: Vec<&'a str>,
    pub(crate) referred_table: Option<&'a str>,
    pub(crate) referred_columns: &'a [&'a str],
    pub(crate) constraint_name: Option<&'a str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Index,
    Unique,
    Check,
    ForeignKey,
    PrimaryKey,
}

impl<'a> Subject<'a> {
    pub(crate) fn new(kind: Kind, table: &'a str, columns: Vec<&'a str>) -> Self {
        Self { kind, table, columns, referred_table: None, referred_columns: &[], constraint_name: None }
    }

    /// Name of the table.
    #[must_use]
    pub fn table(&self) -> &'a str {
        self.table
    }

    /// Names of the columns; none for a CHECK.
    #[must_use]
    pub fn columns(&self) -> &[&'a str] {
        &self.columns
    }

    /// Name of the table that a foreign key refers to.
    #[must_use]
    pub fn referred_table(&self) -> Option<&'a str> {
        self.referred_table
    }

    /// Names of the columns that a foreign key refers to.
    #[must_use]
    pub fn referred_columns(&self) -> &'a [&'a str] {
        self.referred_columns
    }

    /// The name in the definition of a CHECK.
    #[must_use]
    pub fn constraint_name(&self) -> Option<&'a str> {
        self.constraint_name
    }
}
