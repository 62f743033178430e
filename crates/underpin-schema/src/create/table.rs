//! Tables: columns, then constraints.

use underpin_core::Result;

use super::{Creation, check, column, exclude, foreign_key, key};
use crate::TableDef;

/// The CREATE TABLE statement; `later` are the foreign keys, by position, that come later.
pub(super) fn create(creation: Creation<'_>, table: &TableDef, later: &[usize]) -> Result<String> {
    let mut lines = Vec::new();
    for column in table.columns {
        lines.push(column::sql(creation, table, column)?);
    }
    lines.extend(key::sql(creation, table));
    lines.extend(check::sql(creation, table));
    let keys = (0..table.foreign_keys.len()).filter(|position| !later.contains(position));
    lines.extend(keys.map(|position| foreign_key::sql(creation, table, position)));
    lines.extend(exclude::sql(creation, table)?);
    Ok(format!("CREATE TABLE {} (\n    {}\n)", creation.name(table), lines.join(",\n    ")))
}
