//! How indexes are created.

use underpin_core::{Error, Result};

use super::{Creation, identifier, literal};
use crate::{IndexDef, IndexKey, IndexPart, NullsOrder, SortOrder, TableDef};

/// One CREATE INDEX for each index that the dialect has.
pub(super) fn create(creation: Creation<'_>, table: &TableDef) -> Result<Vec<String>> {
    let mut statements = Vec::new();
    for (index, name) in table.indexes.iter().zip(&creation.schema.names(table).indexes) {
        if creation.has(index.only) {
            if !creation.dialect.capability.rich_indexes {
                refuse(creation, table, index, name)?;
            }
            statements.push(sql(creation, table, index, name));
        }
    }
    Ok(statements)
}

fn sql(creation: Creation<'_>, table: &TableDef, index: &IndexDef, name: &str) -> String {
    let unique = if index.unique { "UNIQUE " } else { "" };
    let method = index.method.map(|method| format!(" USING {method}")).unwrap_or_default();
    let parts: Vec<_> = index.parts.iter().map(|of| part(creation, table, of)).collect();
    let mut statement = format!(
        "CREATE {unique}INDEX {} ON {}{method} ({})",
        identifier(name),
        creation.name(table),
        parts.join(", ")
    );
    if !index.include.is_empty() {
        statement.push_str(&format!(" INCLUDE ({})", creation.columns(table, index.include)));
    }
    if let Some(predicate) = &index.predicate {
        statement.push_str(&format!(" WHERE {}", predicate.of(creation.dialect)));
    }
    statement
}

fn part(creation: Creation<'_>, table: &TableDef, part: &IndexPart) -> String {
    let mut sql = match part.key {
        IndexKey::Column(position) => identifier(table.columns[position].name).into_owned(),
        IndexKey::Expression(sql) => literal::expression(sql.of(creation.dialect)),
    };
    if let Some(class) = part.opclass {
        sql.push(' ');
        sql.push_str(class);
    }
    if part.order == SortOrder::Desc {
        sql.push_str(" DESC");
    }
    sql.push_str(match part.nulls {
        NullsOrder::Default => "",
        NullsOrder::First => " NULLS FIRST",
        NullsOrder::Last => " NULLS LAST",
    });
    sql
}

/// What only rich indexes have.
fn refuse(creation: Creation<'_>, table: &TableDef, index: &IndexDef, name: &str) -> Result<()> {
    let has = if let Some(method) = index.method {
        format!("the method {method}")
    } else if !index.include.is_empty() {
        "INCLUDE columns".to_owned()
    } else if let Some(class) = index.parts.iter().find_map(|part| part.opclass) {
        format!("the operator class {class}")
    } else if index.parts.iter().any(|part| part.nulls != NullsOrder::Default) {
        "an order of NULLs".to_owned()
    } else {
        return Ok(());
    };
    let dialect = creation.dialect.name;
    let what = format!("table {}: the index {name} has {has}, which {dialect} does not know", table.name);
    let hint =
        "add `only = \"postgres\"`, and a second index with `only = \"sqlite\"` if one is needed there";
    Err(Error::schema(what, hint))
}
