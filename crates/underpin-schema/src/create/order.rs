//! In which order tables are created.

use crate::{Schema, TableDef};

/// Each table after those that it refers to, otherwise in the order of the schema. A cycle is begun with its first
/// table.
pub(super) fn by_foreign_keys(schema: &Schema) -> Vec<&'static TableDef> {
    let mut waiting: Vec<&'static TableDef> = schema.tables().collect();
    let mut order = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let is_free = |table: &&'static TableDef| {
            let waits = |name: &str| name != table.name && waiting.iter().any(|other| other.name == name);
            !table.foreign_keys.iter().any(|key| waits(key.table))
        };
        let next = waiting.iter().position(is_free).unwrap_or(0);
        order.push(waiting.remove(next));
    }
    order
}
