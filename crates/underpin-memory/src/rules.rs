//! What the tables demand of their rows, worked out once from the schema.

use std::collections::BTreeSet;

use underpin_core::{Dialect, Error, Result};
use underpin_schema::{ForeignKeyAction, IndexDef, IndexKey, Schema, TableDef};

/// The rules of all tables of a program.
pub(crate) struct Rules {
    /// The tables; everything else names a table by its position here.
    pub(crate) tables: Vec<TableRules>,
    /// The foreign keys of all tables.
    pub(crate) foreign_keys: Vec<ForeignKeyRule>,
}

/// The rules of one table.
pub(crate) struct TableRules {
    pub(crate) def: &'static TableDef,
    /// Name of the primary key's constraint.
    pub(crate) primary_key: String,
    /// Columns by whose values rows are found, beside the primary key.
    pub(crate) lists: Vec<Vec<usize>>,
    pub(crate) uniques: Vec<UniqueRule>,
}

/// Values that may not repeat.
pub(crate) struct UniqueRule {
    pub(crate) name: String,
    pub(crate) columns: Columns,
    pub(crate) deferred: bool,
}

/// Rows of one table that name rows of another.
pub(crate) struct ForeignKeyRule {
    pub(crate) name: String,
    pub(crate) child: usize,
    pub(crate) columns: Columns,
    pub(crate) parent: usize,
    pub(crate) targets: Columns,
    pub(crate) on_delete: ForeignKeyAction,
    pub(crate) on_update: ForeignKeyAction,
    pub(crate) deferred: bool,
}

/// Columns by whose values rows of a table are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Columns {
    /// Those of the primary key.
    Key,
    /// Those of a list, by its position in [`TableRules::lists`].
    List(usize),
}

impl Rules {
    /// The rules of a schema. Partial and expression indexes are SQL text and make none, as little as CHECK and
    /// exclusion constraints do.
    pub(crate) fn of(schema: &Schema) -> Self {
        let mut tables: Vec<TableRules> = schema.tables().map(|def| TableRules::of(def, schema)).collect();
        let mut foreign_keys = Vec::new();
        for child in 0..tables.len() {
            let def = tables[child].def;
            for (key, name) in def.foreign_keys.iter().zip(&schema.names(def).foreign_keys) {
                // A schema that was built has every table and column that its foreign keys name.
                let Some(parent) = tables.iter().position(|table| table.def.name == key.table) else {
                    continue;
                };
                let targets = key.targets.iter().map(|name| tables[parent].def.position(name)).collect();
                let Some(targets) = targets else { continue };
                foreign_keys.push(ForeignKeyRule {
                    name: name.clone(),
                    child,
                    columns: tables[child].find(key.columns.to_vec()),
                    parent,
                    targets: tables[parent].find(targets),
                    on_delete: key.on_delete,
                    on_update: key.on_update,
                    deferred: key.deferred,
                });
            }
        }
        Self { tables, foreign_keys }
    }

    /// The position of a table.
    ///
    /// # Errors
    /// If the schema does not have it.
    pub(crate) fn position(&self, table: &'static TableDef) -> Result<usize> {
        let same = |rules: &TableRules| (rules.def.schema, rules.def.name) == (table.schema, table.name);
        self.tables.iter().position(same).ok_or_else(|| {
            Error::usage(
                format!("the table {} is not in the program's schema", table.name),
                "name its row struct where the schema is built",
            )
        })
    }

    /// The foreign keys of a table, with their positions.
    pub(crate) fn keys_of(&self, child: usize) -> impl Iterator<Item = (usize, &ForeignKeyRule)> {
        self.foreign_keys.iter().enumerate().filter(move |(_, key)| key.child == child)
    }

    /// The foreign keys that name a table, with their positions.
    pub(crate) fn keys_to(&self, parent: usize) -> impl Iterator<Item = (usize, &ForeignKeyRule)> {
        self.foreign_keys.iter().enumerate().filter(move |(_, key)| key.parent == parent)
    }
}

impl TableRules {
    fn of(def: &'static TableDef, schema: &Schema) -> Self {
        let names = schema.names(def);
        let mut rules =
            Self { def, primary_key: names.primary_key.clone(), lists: Vec::new(), uniques: Vec::new() };
        for (unique, name) in def.uniques.iter().zip(&names.uniques) {
            let columns = rules.find(unique.columns.to_vec());
            rules.uniques.push(UniqueRule { name: name.clone(), columns, deferred: unique.deferred });
        }
        for (index, name) in def.indexes.iter().zip(&names.indexes) {
            if let Some(columns) = unique_columns(index) {
                let columns = rules.find(columns);
                rules.uniques.push(UniqueRule { name: name.clone(), columns, deferred: false });
            }
        }
        rules
    }

    /// The columns of a key or unique rule over exactly these, in any order; not of one that is checked later.
    pub(crate) fn unique_over(&self, columns: &[usize]) -> Option<Columns> {
        let wanted: BTreeSet<&usize> = columns.iter().collect();
        let unique = self.uniques.iter().filter(|unique| !unique.deferred).map(|unique| unique.columns);
        std::iter::once(Columns::Key)
            .chain(unique)
            .find(|columns| self.positions(*columns).iter().collect::<BTreeSet<_>>() == wanted)
    }

    /// Columns by which rows can be found, from now on if not before.
    fn find(&mut self, columns: Vec<usize>) -> Columns {
        if columns == self.def.primary_key {
            return Columns::Key;
        }
        let known = self.lists.iter().position(|list| *list == columns);
        Columns::List(known.unwrap_or_else(|| {
            self.lists.push(columns);
            self.lists.len() - 1
        }))
    }

    /// The positions of columns in the table's definition.
    pub(crate) fn positions(&self, columns: Columns) -> &[usize] {
        match columns {
            Columns::Key => self.def.primary_key,
            Columns::List(list) => &self.lists[list],
        }
    }
}

/// The columns of a unique index that needs no SQL to be understood, and that PostgreSQL would have.
fn unique_columns(index: &IndexDef) -> Option<Vec<usize>> {
    let here = index.only.is_none_or(|dialect| dialect == Dialect::POSTGRES.name);
    if !index.unique || index.predicate.is_some() || !here {
        return None;
    }
    let column = |key: IndexKey| match key {
        IndexKey::Column(position) => Some(position),
        IndexKey::Expression(_) => None,
    };
    index.parts.iter().map(|part| column(part.key)).collect()
}
