//! The schema of a program: its tables, checked, with all names.

mod builder;
mod names;

use std::collections::HashMap;

pub use builder::{SchemaBuilder, Store};
pub use names::TableNames;

use crate::{ForeignKeyDef, IndexKey, TableDef};

/// The tables that a program declares. What is in it has been checked, and everything has a name.
///
/// ```
/// use underpin_schema::Schema;
///
/// let schema = Schema::builder().build()?;
/// assert_eq!(schema.tables().count(), 0);
/// # Ok::<(), underpin_core::Error>(())
/// ```
#[derive(Debug)]
pub struct Schema {
    tables: Vec<&'static TableDef>,
    names: HashMap<&'static str, TableNames>,
}

impl Schema {
    /// A schema to which tables can be added.
    pub fn builder() -> SchemaBuilder {
        SchemaBuilder::default()
    }

    /// The tables, in the order in which they were added.
    pub fn tables(&self) -> impl Iterator<Item = &'static TableDef> + '_ {
        self.tables.iter().copied()
    }

    /// The table of a name.
    #[must_use]
    pub fn table(&self, name: &str) -> Option<&'static TableDef> {
        self.tables().find(|table| table.name == name)
    }

    /// The names of a table's constraints and indexes; empty lists for a table that is not in the schema.
    #[must_use]
    pub fn names(&self, table: &TableDef) -> &TableNames {
        self.names.get(table.name).unwrap_or(TableNames::NONE)
    }

    /// The name of the primary key, UNIQUE constraint or unique index over exactly these columns, in any order.
    /// An index over all rows goes before a partial one.
    #[must_use]
    pub fn unique_name(&self, table: &str, columns: &[&str]) -> Option<&str> {
        let table = self.table(table)?;
        let names = self.names(table);
        let same = |positions: &[usize]| {
            positions.len() == columns.len()
                && positions.iter().all(|position| columns.contains(&table.columns[*position].name))
        };
        if same(table.primary_key) {
            return Some(&names.primary_key);
        }
        if let Some((_, name)) =
            table.uniques.iter().zip(&names.uniques).find(|(unique, _)| same(unique.columns))
        {
            return Some(name);
        }
        let mut indexes: Vec<_> =
            table.indexes.iter().zip(&names.indexes).filter(|(i, _)| i.unique).collect();
        indexes.sort_by_key(|(index, _)| index.predicate.is_some());
        let columns_of = |parts: &[crate::IndexPart]| {
            let position = |part: &crate::IndexPart| match part.key {
                IndexKey::Column(position) => Some(position),
                IndexKey::Expression(_) => None,
            };
            parts.iter().map(position).collect::<Option<Vec<_>>>()
        };
        let found =
            indexes.into_iter().find(|(i, _)| columns_of(i.parts).is_some_and(|columns| same(&columns)));
        found.map(|(_, name)| name.as_str())
    }

    /// The foreign keys that refer to a table, each with the table that has it.
    pub fn foreign_keys_to(
        &self,
        table: &str,
    ) -> impl Iterator<Item = (&'static TableDef, &'static ForeignKeyDef)> {
        let all = self.tables().flat_map(|owner| owner.foreign_keys.iter().map(move |key| (owner, key)));
        all.filter(move |(_, key)| key.table == table)
    }
}
