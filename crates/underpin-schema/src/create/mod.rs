//! CREATE and DROP statements of a schema.

mod check;
mod column;
mod column_type;
mod comment;
mod enumeration;
mod exclude;
mod foreign_key;
mod identifier;
mod index;
mod key;
mod literal;
mod order;
mod table;

use underpin_core::{Dialect, Result};

pub use identifier::identifier;

use crate::{Schema, TableDef};

impl Schema {
    /// The statements that create everything in an empty database, in an order that the database accepts.
    ///
    /// What a dialect lacks is left out where nothing of the data depends on it, or refused:
    /// - where there are no named schemas, all tables live together (their names differ);
    /// - where there are no enumeration types, a CHECK holds the labels;
    /// - where there are no comments, none are written;
    /// - where a UNIQUE constraint cannot be deferred, it is checked by each statement;
    /// - an index or an exclusion constraint that the dialect cannot have is refused, unless its `only` names another
    ///   dialect.
    ///
    /// # Errors
    /// What the dialect cannot have, in which table, and what to do.
    pub fn create(&self, dialect: &Dialect) -> Result<Vec<String>> {
        let creation = Creation { schema: self, dialect };
        let order = order::by_foreign_keys(self);
        let mut statements = creation.named_schemas();
        statements.extend(enumeration::create(self, dialect));
        for (done, table) in order.iter().enumerate() {
            let later = creation.later(table, &order[done + 1..]);
            statements.push(table::create(creation, table, &later)?);
            statements.extend(index::create(creation, table)?);
            statements.extend(comment::create(creation, table));
        }
        for (done, table) in order.iter().enumerate() {
            for position in creation.later(table, &order[done + 1..]) {
                statements.push(foreign_key::add(creation, table, position));
            }
        }
        Ok(statements)
    }

    /// The statements that drop everything that [`Schema::create`] creates, named schemas excepted: what else is in
    /// them is not ours. They belong in one transaction.
    #[must_use]
    pub fn drop(&self, dialect: &Dialect) -> Vec<String> {
        let creation = Creation { schema: self, dialect };
        let order = order::by_foreign_keys(self);
        let mut statements = Vec::new();
        for (done, table) in order.iter().enumerate().rev() {
            for position in creation.later(table, &order[done + 1..]) {
                statements.push(foreign_key::drop(creation, table, position));
            }
        }
        let cycle = order.iter().enumerate().any(|(done, table)| refers_to(table, &order[done + 1..]));
        if cycle && !dialect.capability.alter_constraints {
            statements.push(foreign_key::DEFER.to_owned());
        }
        statements.extend(order.iter().rev().map(|table| format!("DROP TABLE {}", creation.name(table))));
        statements.extend(enumeration::drop(self, dialect));
        statements
    }
}

fn refers_to(table: &TableDef, others: &[&TableDef]) -> bool {
    table.foreign_keys.iter().any(|key| others.iter().any(|other| other.name == key.table))
}

/// What every statement needs to know.
#[derive(Clone, Copy)]
struct Creation<'a> {
    schema: &'a Schema,
    dialect: &'a Dialect,
}

impl Creation<'_> {
    /// The name of a table in SQL.
    fn name(self, table: &TableDef) -> String {
        match table.schema.filter(|_| self.dialect.capability.schemas) {
            Some(schema) => format!("{}.{}", identifier(schema), identifier(table.name)),
            None => identifier(table.name).into_owned(),
        }
    }

    /// Columns in SQL, separated by commas.
    fn columns(self, table: &TableDef, positions: &[usize]) -> String {
        let names: Vec<_> =
            positions.iter().map(|position| identifier(table.columns[*position].name)).collect();
        names.join(", ")
    }

    fn named_schemas(self) -> Vec<String> {
        let mut names: Vec<_> = self.schema.tables().filter_map(|table| table.schema).collect();
        names.sort_unstable();
        names.dedup();
        if !self.dialect.capability.schemas {
            names.clear();
        }
        names.iter().map(|name| format!("CREATE SCHEMA IF NOT EXISTS {}", identifier(name))).collect()
    }

    /// The foreign keys, by position, that can be added only after tables that come later: those of a cycle.
    fn later(self, table: &TableDef, after: &[&TableDef]) -> Vec<usize> {
        if !self.dialect.capability.alter_constraints {
            return Vec::new();
        }
        let keys = table.foreign_keys.iter().enumerate();
        keys.filter(|(_, key)| after.iter().any(|t| t.name == key.table))
            .map(|(position, _)| position)
            .collect()
    }

    /// Whether a thing that names one dialect belongs to this one.
    fn has(self, only: Option<&str>) -> bool {
        only.is_none_or(|name| name == self.dialect.name)
    }
}
