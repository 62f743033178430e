//! Primary keys and UNIQUE constraints.

use super::{Creation, column, identifier};
use crate::TableDef;

/// Lines of a CREATE TABLE.
pub(super) fn sql(creation: Creation<'_>, table: &TableDef) -> Vec<String> {
    let names = creation.schema.names(table);
    let mut lines = Vec::new();
    if !table.columns.iter().any(|of| column::declares_key(creation, of)) {
        let columns = creation.columns(table, table.primary_key);
        lines.push(format!("CONSTRAINT {} PRIMARY KEY ({columns})", identifier(&names.primary_key)));
    }
    for (unique, name) in table.uniques.iter().zip(&names.uniques) {
        let columns = creation.columns(table, unique.columns);
        // Those who have rich indexes can defer a UNIQUE constraint; the others check it by each statement.
        let deferred = unique.deferred && creation.dialect.capability.rich_indexes;
        let deferred = if deferred { " DEFERRABLE INITIALLY DEFERRED" } else { "" };
        lines.push(format!("CONSTRAINT {} UNIQUE ({columns}){deferred}", identifier(name)));
    }
    lines
}
