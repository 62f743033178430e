//! Queries as SQL.

use underpin_core::{ColumnType, Dialect};
use underpin_schema::{NullsOrder, SortOrder, TableDef};

use super::predicate::push_predicate;
use super::write::cast;
use super::{Shape, Statement, Text};
use crate::{Lock, Param, Select};

/// A statement that fetches rows by key.
#[derive(Debug)]
pub struct ReadStatement {
    /// Its text and columns.
    pub statement: Statement,
    /// The positions (in the table) and types of the key columns that are its parameters, in order.
    pub params: Vec<(usize, ColumnType)>,
}

impl ReadStatement {
    pub(super) fn by_key(
        table: &'static TableDef,
        dialect: &'static Dialect,
        shape: Shape,
        lock: Lock,
    ) -> Self {
        let params: Vec<_> =
            table.primary_key.iter().filter_map(|p| table.columns.get(*p).map(|c| (*p, c.ty))).collect();
        let mut text = Text::new(dialect);
        push_select_from(&mut text, table);
        push_any_of(&mut text, table, table.primary_key, shape);
        push_lock(&mut text, dialect, lock);
        Self { statement: Statement::new(text.finish(), column_types(table)), params }
    }

    pub(super) fn referring(
        table: &'static TableDef,
        dialect: &'static Dialect,
        shape: Shape,
        columns: &[usize],
    ) -> Self {
        let params = columns.iter().filter_map(|p| table.columns.get(*p).map(|c| (*p, c.ty))).collect();
        let mut text = Text::new(dialect);
        push_select_from(&mut text, table);
        push_any_of(&mut text, table, columns, shape);
        // Of one row only, all refer to the same.
        let order = if shape == Shape::Many { columns } else { &[] };
        text.push(" ORDER BY ").list(order.iter().chain(table.primary_key), |text, column| {
            text.name(table.columns[*column].name);
        });
        Self { statement: Statement::new(text.finish(), column_types(table)), params }
    }
}

/// Appends the condition that these columns hold the values of one row, or of one of many.
fn push_any_of(text: &mut Text, table: &'static TableDef, columns: &[usize], shape: Shape) {
    text.push(" WHERE ");
    match (shape, columns) {
        (Shape::One, columns) => {
            text.all(columns, |text, column| {
                text.name(table.columns[*column].name).push(" = ").param();
            });
        }
        (Shape::Many, [column]) => {
            text.name(table.columns[*column].name).push(" IN (SELECT unnest(").param();
            cast(text, table.columns[*column].ty, true);
            text.push("))");
        }
        (Shape::Many, columns) => {
            text.push("(").list(columns, |text, column| {
                text.name(table.columns[*column].name);
            });
            text.push(") IN (SELECT * FROM unnest(").list(columns, |text, column| {
                text.param();
                cast(text, table.columns[*column].ty, true);
            });
            text.push("))");
        }
    }
}

/// A bound parameter of a rendered query, with the type of the column that it meets.
#[derive(Debug, Clone, Copy)]
pub enum Bound<'a> {
    /// One value.
    Value(&'a Param, ColumnType),
    /// An array of values.
    Array(&'a [Param], ColumnType),
    /// A number of rows.
    Count(u64),
}

/// The text of a query, and its parameters in order. The text is the same for queries of the same form.
#[must_use]
pub fn render_select<'a>(select: &'a Select, dialect: &'static Dialect) -> (String, Vec<Bound<'a>>) {
    let mut text = Text::new(dialect);
    let mut params = Vec::new();
    push_select_from(&mut text, select.table);
    if let Some(filter) = &select.filter {
        text.push(" WHERE ");
        push_predicate(&mut text, &mut params, select.table, dialect, filter);
    }
    if !select.order.is_empty() {
        text.push(" ORDER BY ").list(&select.order, |text, order| {
            let Some(column) = select.table.columns.get(order.column) else { return };
            text.name(column.name).push(match order.sort {
                SortOrder::Asc => " ASC",
                SortOrder::Desc => " DESC",
            });
            // Said aloud, because the dialects' own defaults differ; left out where it cannot matter, so that an
            // index serves.
            if column.nullable {
                text.push(match (order.nulls, order.sort) {
                    (NullsOrder::First, _) | (NullsOrder::Default, SortOrder::Desc) => " NULLS FIRST",
                    (NullsOrder::Last, _) | (NullsOrder::Default, SortOrder::Asc) => " NULLS LAST",
                });
            }
        });
    }
    match (select.limit, select.offset) {
        (None, None) => {}
        (Some(limit), offset) => {
            text.push(" LIMIT ").param();
            params.push(Bound::Count(limit));
            if let Some(offset) = offset {
                text.push(" OFFSET ").param();
                params.push(Bound::Count(offset));
            }
        }
        (None, Some(offset)) => {
            // SQLite takes OFFSET behind LIMIT only; the largest number is no limit in both.
            text.push(" LIMIT 9223372036854775807 OFFSET ").param();
            params.push(Bound::Count(offset));
        }
    }
    push_lock(&mut text, dialect, select.lock);
    (text.finish(), params)
}

pub(super) fn column_types(table: &TableDef) -> Vec<ColumnType> {
    table.columns.iter().map(|column| column.ty).collect()
}

fn push_select_from(text: &mut Text, table: &TableDef) {
    text.push("SELECT ").list(table.columns, |text, column| {
        text.name(column.name);
    });
    text.push(" FROM ").table(table);
}

fn push_lock(text: &mut Text, dialect: &Dialect, lock: Lock) {
    if dialect.capability.row_locks {
        text.push(match lock {
            Lock::None => "",
            Lock::ForUpdate => " FOR UPDATE",
            Lock::SkipLocked => " FOR UPDATE SKIP LOCKED",
            Lock::NoWait => " FOR UPDATE NOWAIT",
        });
    }
}
