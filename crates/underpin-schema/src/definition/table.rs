//! A table.

use underpin_core::ColumnSet;

use super::{
    CheckDef, ColumnDef, ExcludeDef, ForeignKeyDef, Generation, IndexDef, StatementSlots, UniqueDef,
};

/// A table, as its row struct defines it. Positions are those of `columns`.
#[derive(Debug)]
pub struct TableDef {
    /// Name of the table.
    pub name: &'static str,
    /// Name of the schema that it lives in; the connection's own if there is none.
    pub schema: Option<&'static str>,
    /// Comment of the table.
    pub comment: Option<&'static str>,
    /// Name that the table had before.
    pub renamed_from: Option<&'static str>,
    /// Columns, in the order of the struct's fields.
    pub columns: &'static [ColumnDef],
    /// Positions of the primary key's columns, in key order.
    pub primary_key: &'static [usize],
    /// UNIQUE constraints.
    pub uniques: &'static [UniqueDef],
    /// Indexes.
    pub indexes: &'static [IndexDef],
    /// CHECK constraints.
    pub checks: &'static [CheckDef],
    /// Foreign keys.
    pub foreign_keys: &'static [ForeignKeyDef],
    /// Exclusion constraints.
    pub excludes: &'static [ExcludeDef],
    /// Where the statements of the table are kept, rendered once for each dialect.
    pub statements: StatementSlots,
}

impl TableDef {
    /// The position of a column.
    #[must_use]
    pub fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.name == column)
    }

    /// The column of the row's version, if it has one.
    #[must_use]
    pub fn version(&self) -> Option<usize> {
        self.columns.iter().position(|c| c.version)
    }

    /// All columns.
    #[must_use]
    pub fn all(&self) -> ColumnSet {
        ColumnSet::first(self.columns.len())
    }

    /// The columns of the primary key.
    #[must_use]
    pub fn key(&self) -> ColumnSet {
        ColumnSet::of(self.primary_key)
    }

    /// The columns that the database alone writes: identity columns that are always generated, computed columns.
    #[must_use]
    pub fn read_only(&self) -> ColumnSet {
        self.columns
            .iter()
            .enumerate()
            .filter(|(_, c)| {
                matches!(c.generation, Generation::Identity { always: true } | Generation::Computed(_))
            })
            .map(|(position, _)| position)
            .collect()
    }
}
