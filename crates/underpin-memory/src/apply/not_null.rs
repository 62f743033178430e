//! NOT NULL.

use underpin_core::{Datum, Error, OwnedRow, Result, Violation};

use crate::rules::TableRules;

/// Refuses a row that lacks a value. Columns of a primary key never accept NULL.
pub(super) fn check_not_null(rules: &TableRules, row: &OwnedRow) -> Result<()> {
    let missing = rules.def.columns.iter().enumerate().find(|(position, column)| {
        let required = !column.nullable || rules.def.primary_key.contains(position);
        required && matches!(row.0.get(*position), None | Some(Datum::Null))
    });
    match missing {
        None => Ok(()),
        Some((_, column)) => Err(Error::violated(
            Violation::NotNull,
            None,
            Some(rules.def.name.to_owned()),
            Some(column.name.to_owned()),
            None,
        )),
    }
}
