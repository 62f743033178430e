//! Enumerations, which are known by their names across tables.

use underpin_core::{ColumnType, EnumType, Result};

use super::refused_column;
use crate::{ColumnDef, TableDef, naming};

pub(super) fn check(tables: &[&'static TableDef]) -> Result<()> {
    let mut known: Vec<(&'static EnumType, String)> = Vec::new();
    for table in tables {
        for column in table.columns {
            let Some(of) = enumeration(column.ty) else { continue };
            check_labels(table, column, of)?;
            let here = format!("{}.{}", table.name, column.name);
            match known.iter().find(|(other, _)| other.name == of.name) {
                Some((other, at)) if other.labels != of.labels => {
                    let what = format!("the enumeration {} has other labels than at {at}", of.name);
                    return Err(refused_column(table, column.name, what, "give one of them another name"));
                }
                Some(_) => {}
                None => known.push((of, here)),
            }
        }
    }
    if let Some((of, at)) = known.iter().find(|(of, _)| tables.iter().any(|table| table.name == of.name)) {
        let what = format!("column {at}: the enumeration {} has the name of a table", of.name);
        return Err(underpin_core::Error::schema(
            what,
            "give it another name, `#[column_enum(name = \"..\")]`",
        ));
    }
    Ok(())
}

/// The enumeration of a column, or of its elements.
pub(crate) fn enumeration(ty: ColumnType) -> Option<&'static EnumType> {
    match ty {
        ColumnType::Enum(of) => Some(of),
        ColumnType::Array(element) => enumeration(*element),
        _ => None,
    }
}

fn check_labels(table: &TableDef, column: &ColumnDef, of: &EnumType) -> Result<()> {
    naming::checked(of.name, table.name)?;
    let refused = |what: String, hint| Err(refused_column(table, column.name, what, hint));
    if of.labels.is_empty() {
        return refused(format!("the enumeration {} has no labels", of.name), "add a variant");
    }
    for (index, label) in of.labels.iter().enumerate() {
        if of.labels[..index].contains(label) {
            let what = format!("the enumeration {} has the label \"{label}\" twice", of.name);
            return refused(what, "give each variant its own label");
        }
        if label.is_empty() || label.len() > naming::limit() || label.contains('\0') {
            let what = format!("the enumeration {} has the label \"{label}\"", of.name);
            return refused(what, "a label has 1 to 63 bytes, and no NUL character");
        }
    }
    Ok(())
}
