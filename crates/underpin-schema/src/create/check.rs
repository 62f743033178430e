//! CHECK constraints.

use underpin_core::ColumnType;

use super::{Creation, identifier, literal};
use crate::TableDef;

/// Lines of a CREATE TABLE; where there are no enumeration types, one for each column of one.
pub(super) fn sql(creation: Creation<'_>, table: &TableDef) -> Vec<String> {
    let names = creation.schema.names(table);
    let mut lines = Vec::new();
    for (check, name) in table.checks.iter().zip(&names.checks) {
        let condition = check.expression.of(creation.dialect);
        lines.push(format!("CONSTRAINT {} CHECK ({condition})", identifier(name)));
    }
    if creation.dialect.capability.native_enums {
        return lines;
    }
    for (position, name) in &names.enumerations {
        let column = &table.columns[*position];
        let ColumnType::Enum(of) = column.ty else { continue };
        let labels: Vec<_> = of.labels.iter().map(|label| literal::text(label)).collect();
        lines.push(format!(
            "CONSTRAINT {} CHECK ({} IN ({}))",
            identifier(name),
            identifier(column.name),
            labels.join(", ")
        ));
    }
    lines
}
