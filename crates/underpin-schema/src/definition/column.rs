//! A column.

use underpin_core::ColumnType;

use super::PerDialect;

/// A column, as one field of a row struct defines it.
#[derive(Debug)]
pub struct ColumnDef {
    /// Name of the column.
    pub name: &'static str,
    /// What it holds.
    pub ty: ColumnType,
    /// Whether it accepts NULL.
    pub nullable: bool,
    /// Who writes it.
    pub generation: Generation,
    /// SQL expression that the database uses where an insert gives no value.
    pub server_default: Option<PerDialect>,
    /// Whether the field is an `Auto`, so that an insert may leave the column out.
    pub auto: bool,
    /// Whether the column counts the row's versions.
    pub version: bool,
    /// Comment of the column.
    pub comment: Option<&'static str>,
    /// Name that the column had before.
    pub renamed_from: Option<&'static str>,
}

/// Who writes a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generation {
    /// The program.
    Given,
    /// The database, by counting; `Auto` fields give a value of their own (BY DEFAULT), others never do (ALWAYS).
    Identity {
        /// Whether the program may never give a value.
        always: bool,
    },
    /// The database, from other columns of the row; stored.
    Computed(PerDialect),
}
