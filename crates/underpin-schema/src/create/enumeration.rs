//! Enumeration types.

use underpin_core::{Dialect, EnumType};

use super::{identifier, literal};
use crate::Schema;
use crate::validate::enumeration;

/// One CREATE TYPE for each enumeration, where there are enumeration types.
pub(super) fn create(schema: &Schema, dialect: &Dialect) -> Vec<String> {
    let create = |of: &EnumType| {
        let labels: Vec<_> = of.labels.iter().map(|label| literal::text(label)).collect();
        format!("CREATE TYPE {} AS ENUM ({})", identifier(of.name), labels.join(", "))
    };
    enumerations(schema, dialect).into_iter().map(create).collect()
}

pub(super) fn drop(schema: &Schema, dialect: &Dialect) -> Vec<String> {
    let drop = |of: &EnumType| format!("DROP TYPE {}", identifier(of.name));
    enumerations(schema, dialect).into_iter().rev().map(drop).collect()
}

fn enumerations(schema: &Schema, dialect: &Dialect) -> Vec<&'static EnumType> {
    let mut found: Vec<&'static EnumType> = Vec::new();
    for column in schema.tables().flat_map(|table| table.columns) {
        match enumeration(column.ty) {
            Some(of) if !found.iter().any(|known| known.name == of.name) => found.push(of),
            _ => {}
        }
    }
    if !dialect.capability.native_enums {
        found.clear();
    }
    found
}
