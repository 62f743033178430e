//! UNIQUE, CHECK and exclusion constraints, and indexes.

use underpin_core::{Dialect, Result};

use super::{refused, refused_column};
use crate::{IndexKey, TableDef};

pub(super) fn check(table: &TableDef) -> Result<()> {
    for unique in table.uniques {
        check_positions(table, "a UNIQUE constraint", unique.columns)?;
    }
    for index in table.indexes {
        let mut positions = Vec::new();
        for part in index.parts {
            match part.key {
                IndexKey::Column(position) => positions.push(position),
                IndexKey::Expression(sql) if sql.any.trim().is_empty() => {
                    return Err(refused(table, "an index has an empty expression", "write its SQL"));
                }
                IndexKey::Expression(_) => {}
            }
        }
        if !positions.is_empty() || index.parts.is_empty() {
            check_positions(table, "an index", &positions)?;
        }
        if !index.include.is_empty() {
            check_positions(table, "INCLUDE of an index", index.include)?;
        }
        check_dialect(table, index.only)?;
    }
    for check in table.checks {
        if check.name.is_empty() || check.expression.any.trim().is_empty() {
            let hint = "write `check(name = \"..\", sql = \"..\")`";
            return Err(refused(table, "a CHECK has no name or no condition", hint));
        }
    }
    for exclude in table.excludes {
        if exclude.parts.is_empty() {
            let what = format!("the exclusion constraint {} compares nothing", exclude.name);
            return Err(refused(table, what, "say what, `with(room = \"=\")`"));
        }
        check_dialect(table, exclude.only)?;
    }
    Ok(())
}

/// Columns of one thing: there, and each once.
pub(super) fn check_positions(table: &TableDef, what: &str, positions: &[usize]) -> Result<()> {
    if positions.is_empty() {
        return Err(refused(table, format!("{what} has no columns"), "name its columns"));
    }
    for (index, position) in positions.iter().enumerate() {
        let Some(column) = table.columns.get(*position) else {
            let what = format!("{what} has a column at position {position}, which the table has not");
            return Err(refused(table, what, "name a column of the table"));
        };
        if positions[..index].contains(position) {
            return Err(refused_column(table, column.name, format!("{what} has it twice"), "name it once"));
        }
    }
    Ok(())
}

fn check_dialect(table: &TableDef, only: Option<&str>) -> Result<()> {
    match only {
        Some(name) if name != Dialect::POSTGRES.name && name != Dialect::SQLITE.name => {
            let what = format!("`only = \"{name}\"` names no dialect");
            Err(refused(table, what, "write `only = \"postgres\"` or `only = \"sqlite\"`"))
        }
        _ => Ok(()),
    }
}
