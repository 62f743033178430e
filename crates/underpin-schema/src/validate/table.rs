//! Tables as such: their names, and that there is one of each.

use underpin_core::{ColumnSet, Result};

use super::refused;
use crate::{TableDef, naming};

pub(super) fn check(tables: &[&'static TableDef]) -> Result<()> {
    for (index, table) in tables.iter().enumerate() {
        naming::checked(table.name, table.name)?;
        // Case by case they are two tables to PostgreSQL, and one to SQLite.
        if tables[..index].iter().any(|before| before.name.eq_ignore_ascii_case(table.name)) {
            let hint = "add it once; tables in different named schemas need different names too, \
                for SQLite has one schema";
            return Err(refused(table, "it is in the schema twice", hint));
        }
        if table.columns.is_empty() {
            return Err(refused(table, "it has no columns", "give the row struct a field"));
        }
        if table.columns.len() > ColumnSet::CAPACITY {
            return Err(refused(table, "it has more than 128 columns", "divide it into two tables"));
        }
    }
    Ok(())
}
