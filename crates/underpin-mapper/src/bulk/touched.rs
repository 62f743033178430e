//! Which tables a change by query reaches: its own, and those whose foreign keys act.

use underpin_core::ColumnSet;
use underpin_schema::{ForeignKeyAction, ForeignKeyDef, Schema, TableDef};

/// The tables whose rows may be other ones after a change of rows of this table; `written` are the columns that an
/// update writes, `None` stands for a delete.
pub(super) fn touched(
    schema: &Schema,
    table: &'static TableDef,
    written: Option<ColumnSet>,
) -> Vec<&'static str> {
    let mut touched = vec![table.name];
    let mut at = 0;
    while let Some(&parent) = touched.get(at) {
        let names = |key: &&ForeignKeyDef| key.table == parent;
        for child in schema.tables() {
            let acts = child.foreign_keys.iter().filter(names).any(|key| match written {
                None => acts(key.on_delete) || acts(key.on_update),
                // Beyond the table itself it is not known which columns an action writes.
                Some(written) if at == 0 => acts(key.on_update) && targets(table, key, written),
                Some(_) => acts(key.on_update),
            });
            if acts && !touched.contains(&child.name) {
                touched.push(child.name);
            }
        }
        at += 1;
    }
    touched
}

fn acts(action: ForeignKeyAction) -> bool {
    !matches!(action, ForeignKeyAction::NoAction | ForeignKeyAction::Restrict)
}

fn targets(table: &TableDef, key: &ForeignKeyDef, written: ColumnSet) -> bool {
    key.targets.iter().filter_map(|name| table.position(name)).any(|position| written.contains(position))
}
