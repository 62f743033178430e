//! Names of constraints and indexes: no two of one name where a database keeps them together.

use std::collections::HashMap;

use underpin_core::{Error, Result};

use crate::schema::Schema;

/// Tables and all that has an index live in one space of names; other constraints only within their table.
pub(crate) fn names(schema: &Schema) -> Result<()> {
    let mut relations: HashMap<String, (&str, Option<&str>)> = HashMap::new();
    for table in schema.tables() {
        relations.insert(table.name.to_ascii_lowercase(), (table.name, None));
    }
    for table in schema.tables() {
        let names = schema.names(table);
        let indexes = table.indexes.iter().zip(&names.indexes).map(|(index, name)| (name, index.only));
        let excludes = table.excludes.iter().zip(&names.excludes).map(|(exclude, name)| (name, exclude.only));
        let keys = names.uniques.iter().chain([&names.primary_key]).map(|name| (name, None));
        for (name, only) in keys.chain(indexes).chain(excludes) {
            let before = relations.insert(name.to_ascii_lowercase(), (table.name, only));
            if let Some((other, other_only)) = before
                // One of them for each dialect is what `only` is for.
                && !(only.is_some() && other_only.is_some() && only != other_only)
            {
                return Err(twice(name, table.name, other));
            }
        }
        let mut constraints: Vec<&String> = Vec::new();
        let enumerations = names.enumerations.iter().map(|(_, name)| name);
        let relations = names.uniques.iter().chain([&names.primary_key]).chain(&names.excludes);
        for name in names.foreign_keys.iter().chain(&names.checks).chain(enumerations).chain(relations) {
            if constraints.iter().any(|before| before.eq_ignore_ascii_case(name)) {
                return Err(twice(name, table.name, table.name));
            }
            constraints.push(name);
        }
    }
    Ok(())
}

fn twice(name: &str, table: &str, other: &str) -> Error {
    let what = if table == other {
        format!("table {table}: two constraints or indexes have the name {name}")
    } else {
        format!("table {table}: {name} is the name of something in table {other} too")
    };
    Error::schema(what, "give one of them a name of its own, or take one away if they mean the same")
}
