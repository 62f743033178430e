//! How comments are written, where there are any.

use super::{Creation, identifier, literal};
use crate::TableDef;

/// One COMMENT for the table and for each column that has one, where there are comments.
pub(super) fn create(creation: Creation<'_>, table: &TableDef) -> Vec<String> {
    let name = creation.name(table);
    let mut statements = Vec::new();
    if !creation.dialect.capability.comments {
        return statements;
    }
    if let Some(comment) = table.comment {
        statements.push(format!("COMMENT ON TABLE {name} IS {}", literal::text(comment)));
    }
    for column in table.columns {
        if let Some(comment) = column.comment {
            let column = identifier(column.name);
            statements.push(format!("COMMENT ON COLUMN {name}.{column} IS {}", literal::text(comment)));
        }
    }
    statements
}
