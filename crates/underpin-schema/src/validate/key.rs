//! Primary keys.

use underpin_core::Result;

use super::{constraint, refused, refused_column};
use crate::TableDef;

pub(super) fn check(table: &TableDef) -> Result<()> {
    if table.primary_key.is_empty() {
        let hint = "mark a field, or several, with `#[column(primary_key)]`";
        return Err(refused(table, "it has no primary key", hint));
    }
    constraint::check_positions(table, "the primary key", table.primary_key)?;
    for column in table.primary_key.iter().map(|position| &table.columns[*position]) {
        if column.nullable {
            let what = "it is in the primary key, which is never NULL";
            return Err(refused_column(table, column.name, what, "take the `Option` away"));
        }
    }
    Ok(())
}
