//! Foreign keys.

use super::{Creation, identifier};
use crate::{ForeignKeyAction, TableDef};

/// Checks foreign keys only at the end of the transaction, so that tables of a cycle can be dropped one by one.
pub(super) const DEFER: &str = "PRAGMA defer_foreign_keys = ON";

/// A line of a CREATE TABLE: the foreign key at a position.
pub(super) fn sql(creation: Creation<'_>, table: &TableDef, position: usize) -> String {
    let key = &table.foreign_keys[position];
    let name = identifier(&creation.schema.names(table).foreign_keys[position]);
    let target = match creation.schema.table(key.table) {
        Some(target) => creation.name(target),
        None => identifier(key.table).into_owned(),
    };
    let columns = creation.columns(table, key.columns);
    let targets: Vec<_> = key.targets.iter().map(|target| identifier(target)).collect();
    let targets = targets.join(", ");
    let mut line = format!("CONSTRAINT {name} FOREIGN KEY ({columns}) REFERENCES {target} ({targets})");
    for (on, action) in [("UPDATE", key.on_update), ("DELETE", key.on_delete)] {
        if action != ForeignKeyAction::NoAction {
            line.push_str(&format!(" ON {on} {}", action.sql()));
        }
    }
    if key.deferred {
        line.push_str(" DEFERRABLE INITIALLY DEFERRED");
    }
    line
}

/// The statement that adds a foreign key to a table that exists.
pub(super) fn add(creation: Creation<'_>, table: &TableDef, position: usize) -> String {
    format!("ALTER TABLE {} ADD {}", creation.name(table), sql(creation, table, position))
}

/// The statement that drops it again.
pub(super) fn drop(creation: Creation<'_>, table: &TableDef, position: usize) -> String {
    let name = identifier(&creation.schema.names(table).foreign_keys[position]);
    format!("ALTER TABLE {} DROP CONSTRAINT {name}", creation.name(table))
}
