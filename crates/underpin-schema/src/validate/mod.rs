//! What a schema must be before anything is made of it. The first contradiction is the error.

mod column;
mod constraint;
mod enumeration;
mod foreign_key;
mod key;
mod name;
mod table;

use underpin_core::{Error, Result};

use crate::TableDef;

pub(crate) use enumeration::enumeration;
pub(crate) use name::names;

/// Checks all that does not depend on names.
pub(crate) fn tables(tables: &[&'static TableDef]) -> Result<()> {
    table::check(tables)?;
    for table in tables {
        for column in table.columns {
            column::check(table, column)?;
        }
        column::check_version(table)?;
        key::check(table)?;
        constraint::check(table)?;
    }
    for table in tables {
        foreign_key::check(table, tables)?;
    }
    enumeration::check(tables)
}

/// A contradiction in a table.
fn refused(table: &TableDef, what: impl std::fmt::Display, hint: &'static str) -> Error {
    Error::schema(format!("table {}: {what}", table.name), hint)
}

/// A contradiction in a column.
fn refused_column(table: &TableDef, column: &str, what: impl std::fmt::Display, hint: &'static str) -> Error {
    Error::schema(format!("column {}.{column}: {what}", table.name), hint)
}
