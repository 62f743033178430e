//! Foreign keys: what they refer to, and what they do.

use underpin_core::{ColumnType, Result};

use super::{constraint, refused_column};
use crate::{ForeignKeyAction, ForeignKeyDef, Generation, IndexKey, IndexPart, TableDef};

pub(super) fn check(table: &TableDef, tables: &[&'static TableDef]) -> Result<()> {
    for key in table.foreign_keys {
        constraint::check_positions(table, "a foreign key", key.columns)?;
        check_target(table, key, tables)?;
        check_action(table, key, key.on_delete, "DELETE")?;
        check_action(table, key, key.on_update, "UPDATE")?;
    }
    Ok(())
}

fn check_target(table: &TableDef, key: &ForeignKeyDef, tables: &[&'static TableDef]) -> Result<()> {
    let first = table.columns[key.columns[0]].name;
    let refused = |what: String, hint| Err(refused_column(table, first, what, hint));
    let Some(target) = tables.iter().find(|target| target.name == key.table) else {
        let what = format!("it refers to table {}, which is not in the schema", key.table);
        return refused(what, "add that table with `Schema::builder().table::<..>()`");
    };
    if key.targets.len() != key.columns.len() {
        let what = format!("{} columns refer to {} of {}", key.columns.len(), key.targets.len(), target.name);
        return refused(what, "refer to as many columns as the foreign key has");
    }
    let mut positions = Vec::new();
    for (position, name) in key.columns.iter().zip(key.targets) {
        let column = &table.columns[*position];
        let Some(found) = target.position(name) else {
            let what = format!("it refers to {}.{name}, which is not there", target.name);
            return refused(what, "name a column of that table");
        };
        let other = &target.columns[found];
        if !comparable(column.ty, other.ty) {
            let what = format!(
                "it holds {:?}, and {}.{name}, to which it refers, {:?}",
                column.ty, target.name, other.ty
            );
            return Err(refused_column(table, column.name, what, "give both the same type"));
        }
        positions.push(found);
    }
    if !is_unique(target, &positions) {
        let what = format!("{} ({}), to which it refers, is not unique", target.name, key.targets.join(", "));
        let hint = "refer to the primary key or to columns of a UNIQUE constraint that is not deferred, \
            or add `unique` there";
        return refused(what, hint);
    }
    Ok(())
}

/// Whether two columns hold values that are the same when they are stored.
fn comparable(a: ColumnType, b: ColumnType) -> bool {
    a == b || (a.is_text() && b.is_text())
}

/// Whether the database lets a foreign key refer to these columns.
fn is_unique(table: &TableDef, positions: &[usize]) -> bool {
    let same = |of: &[usize]| of.len() == positions.len() && of.iter().all(|p| positions.contains(p));
    let indexed = |parts: &[IndexPart]| {
        let position = |part: &IndexPart| if let IndexKey::Column(p) = part.key { Some(p) } else { None };
        parts.iter().map(position).collect::<Option<Vec<_>>>().is_some_and(|columns| same(&columns))
    };
    same(table.primary_key)
        || table.uniques.iter().any(|unique| !unique.deferred && same(unique.columns))
        || table.indexes.iter().any(|index| {
            index.unique && index.predicate.is_none() && index.only.is_none() && indexed(index.parts)
        })
}

fn check_action(table: &TableDef, key: &ForeignKeyDef, action: ForeignKeyAction, on: &str) -> Result<()> {
    for column in key.columns.iter().map(|position| &table.columns[*position]) {
        let refused = |hint| {
            Err(refused_column(table, column.name, format!("ON {on} {} cannot work", action.sql()), hint))
        };
        match action {
            ForeignKeyAction::SetNull if !column.nullable => {
                return refused("make the field an `Option`, or choose another action");
            }
            ForeignKeyAction::SetDefault if !column.nullable && column.server_default.is_none() => {
                return refused("give the column a `server_default`, or choose another action");
            }
            ForeignKeyAction::SetNull | ForeignKeyAction::SetDefault | ForeignKeyAction::Cascade
                if matches!(column.generation, Generation::Computed(_))
                    && (on == "UPDATE" || action != ForeignKeyAction::Cascade) =>
            {
                return refused("the column is computed, so it cannot be set; choose another action");
            }
            _ => {}
        }
    }
    Ok(())
}
