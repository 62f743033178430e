//! Conditions as SQL.

use underpin_core::{ColumnType, Dialect};
use underpin_schema::TableDef;

use super::Text;
use super::select::Bound;
use super::write::cast;
use crate::{Expr, Param};

/// Appends a condition and collects its parameters in the order of their placeholders.
pub(super) fn push_predicate<'a>(
    text: &mut Text,
    params: &mut Vec<Bound<'a>>,
    table: &'static TableDef,
    dialect: &Dialect,
    expr: &'a Expr,
) {
    match expr {
        Expr::Compare { column, comparison, value } => {
            let (name, ty) = column_of(table, *column);
            text.name(name).push(" ").push(comparison.sql()).push(" ").param();
            params.push(Bound::Value(value, ty));
        }
        Expr::In { values, .. } if values.is_empty() => {
            text.push("1 = 0");
        }
        Expr::In { column, values } if dialect.capability.array_parameters => {
            let (name, ty) = column_of(table, *column);
            // Not `= ANY($1)`: a plan that was made while the table was small compares every row with every value,
            // and stays in use when both have grown. This form is joined by hash or index.
            text.name(name).push(" IN (SELECT unnest(").param();
            cast(text, ty, true);
            text.push("))");
            params.push(Bound::Array(values, ty));
        }
        Expr::In { column, values } => {
            let (name, ty) = column_of(table, *column);
            text.name(name).push(" IN (");
            text.list(values, |text, value: &'a Param| {
                text.param();
                params.push(Bound::Value(value, ty));
            });
            text.push(")");
        }
        Expr::IsNull { column, negated } => {
            let (name, _) = column_of(table, *column);
            text.name(name).push(if *negated { " IS NOT NULL" } else { " IS NULL" });
        }
        Expr::And(all) => push_joined(text, params, table, dialect, all, " AND ", "1 = 1"),
        Expr::Or(any) => push_joined(text, params, table, dialect, any, " OR ", "1 = 0"),
        Expr::Not(inner) => {
            text.push("NOT (");
            push_predicate(text, params, table, dialect, inner);
            text.push(")");
        }
    }
}

fn push_joined<'a>(
    text: &mut Text,
    params: &mut Vec<Bound<'a>>,
    table: &'static TableDef,
    dialect: &Dialect,
    parts: &'a [Expr],
    between: &str,
    of_none: &str,
) {
    if parts.is_empty() {
        text.push(of_none);
    }
    for (index, part) in parts.iter().enumerate() {
        text.push(if index > 0 { between } else { "" });
        let compound = matches!(part, Expr::And(_) | Expr::Or(_));
        text.push(if compound { "(" } else { "" });
        push_predicate(text, params, table, dialect, part);
        text.push(if compound { ")" } else { "" });
    }
}

/// Name and type of a column. Positions come from `Column` constants of the same table, so they exist.
fn column_of(table: &'static TableDef, position: usize) -> (&'static str, ColumnType) {
    table.columns.get(position).map_or(("", ColumnType::Text), |column| (column.name, column.ty))
}
