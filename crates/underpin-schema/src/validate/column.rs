//! Columns, each by itself.

use underpin_core::{ColumnType, Result};

use super::{refused, refused_column};
use crate::{ColumnDef, Generation, TableDef, naming};

pub(super) fn check(table: &TableDef, column: &ColumnDef) -> Result<()> {
    naming::checked(column.name, table.name)?;
    let refused = |what: &str, hint| Err(refused_column(table, column.name, what, hint));
    let same = |other: &&ColumnDef| other.name.eq_ignore_ascii_case(column.name);
    if table.columns.iter().filter(same).count() > 1 {
        return refused("two columns have this name", "rename one with `#[column(name = \"..\")]`");
    }
    if open(column.ty) {
        let hint = "add `#[column(precision = .., scale = ..)]`; elements of an array cannot be decimals";
        return refused("a decimal without a precision", hint);
    }
    if let ColumnType::Array(ColumnType::Array(_)) = column.ty {
        return refused("an array of arrays", "store it as JSON, or as rows of another table");
    }
    match column.generation {
        Generation::Given => {}
        Generation::Identity { .. } => {
            if !column.ty.is_integer() {
                return refused("an identity column counts", "make the field an integer");
            }
            if column.nullable {
                return refused("an identity column is never NULL", "take the `Option` away");
            }
        }
        Generation::Computed(_) if column.version => {
            return refused("a version cannot be computed", "take `generated` away");
        }
        Generation::Computed(_) => {}
    }
    if column.generation != Generation::Given && column.server_default.is_some() {
        return refused("the database writes it already", "take `server_default` away");
    }
    if column.version {
        if !column.ty.is_integer() {
            return refused("a version counts", "make the field an `i32` or an `i64`");
        }
        if column.nullable {
            return refused("a version is never NULL", "take the `Option` away");
        }
        if column.generation != Generation::Given {
            return refused("a version is counted by the program", "take `identity` away");
        }
    }
    Ok(())
}

fn open(ty: ColumnType) -> bool {
    match ty {
        ColumnType::NumericOpen => true,
        ColumnType::Array(element) => open(*element),
        _ => false,
    }
}

pub(super) fn check_version(table: &TableDef) -> Result<()> {
    if table.columns.iter().filter(|column| column.version).count() > 1 {
        return Err(refused(table, "two columns count its versions", "keep one `version`"));
    }
    match table.version() {
        Some(position) if table.primary_key.contains(&position) => {
            let what = "the version is in the primary key, which must not change";
            Err(refused_column(table, table.columns[position].name, what, "take it out of the key"))
        }
        _ => Ok(()),
    }
}
