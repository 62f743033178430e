//! Exclusion constraints.

use underpin_core::{Error, Result};

use super::{Creation, identifier, literal};
use crate::{ExcludeDef, TableDef};

/// Lines of a CREATE TABLE.
pub(super) fn sql(creation: Creation<'_>, table: &TableDef) -> Result<Vec<String>> {
    let names = &creation.schema.names(table).excludes;
    let own = table.excludes.iter().zip(names).filter(|(exclude, _)| creation.has(exclude.only));
    own.map(|(exclude, name)| {
        if creation.dialect.capability.rich_indexes {
            return Ok(line(creation, table, exclude, name));
        }
        let dialect = creation.dialect.name;
        let what = format!("table {}: {dialect} has no exclusion constraints, such as {name}", table.name);
        Err(Error::schema(what, "add `only = \"postgres\"`; elsewhere the program must check it"))
    })
    .collect()
}

fn line(creation: Creation<'_>, table: &TableDef, exclude: &ExcludeDef, name: &str) -> String {
    let parts = exclude.parts.iter().map(|part| {
        let key = match table.position(part.expression) {
            Some(_) => identifier(part.expression).into_owned(),
            None => literal::expression(part.expression),
        };
        format!("{key} WITH {}", part.operator)
    });
    let parts: Vec<_> = parts.collect();
    let mut line =
        format!("CONSTRAINT {} EXCLUDE USING {} ({})", identifier(name), exclude.method, parts.join(", "));
    if let Some(predicate) = &exclude.predicate {
        line.push_str(&format!(" WHERE ({})", predicate.of(creation.dialect)));
    }
    line
}
