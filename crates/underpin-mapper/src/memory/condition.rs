//! Conditions with the three truth values of SQL: true, false, and unknown where NULL is involved.

use std::cmp::Ordering;

use underpin_core::{ColumnType, Datum, Error, OwnedRow, Result};
use underpin_schema::{ColumnDef, TableDef};
use underpin_sql::{Comparison, Expr, Param};

use super::compare::{compare, is_ordered};

/// A condition whose parameters have been read.
pub(super) enum Condition {
    Compare { column: usize, ty: ColumnType, comparison: Comparison, value: Datum },
    In { column: usize, ty: ColumnType, values: Vec<Datum> },
    IsNull { column: usize, negated: bool },
    And(Vec<Condition>),
    Or(Vec<Condition>),
    Not(Box<Condition>),
}

impl Condition {
    /// Reads the parameters of a condition on rows of a table.
    ///
    /// # Errors
    /// If a parameter does not fit its column, or the condition cannot be evaluated without a database.
    pub(super) fn of(table: &TableDef, expr: &Expr) -> Result<Self> {
        let all = |parts: &[Expr]| parts.iter().map(|part| Self::of(table, part)).collect::<Result<Vec<_>>>();
        Ok(match expr {
            Expr::Compare { column, comparison, value } => {
                let def = column_of(table, *column)?;
                if !matches!(comparison, Comparison::Eq | Comparison::Ne) {
                    check_ordered(table, def)?;
                }
                let value = read(table, def, value)?;
                Self::Compare { column: *column, ty: def.ty, comparison: *comparison, value }
            }
            Expr::In { column, values } => {
                let def = column_of(table, *column)?;
                let values = values.iter().map(|value| read(table, def, value)).collect::<Result<_>>()?;
                Self::In { column: *column, ty: def.ty, values }
            }
            Expr::IsNull { column, negated } => {
                column_of(table, *column)?;
                Self::IsNull { column: *column, negated: *negated }
            }
            Expr::And(parts) => Self::And(all(parts)?),
            Expr::Or(parts) => Self::Or(all(parts)?),
            Expr::Not(inner) => Self::Not(Box::new(Self::of(table, inner)?)),
            _ => {
                return Err(Error::usage(
                    format!("the condition on table {} needs a database", table.name),
                    "test this query against PostgreSQL or SQLite; the in-memory store evaluates no SQL",
                ));
            }
        })
    }

    /// Whether the condition holds for a row; `None` is unknown, which is not true.
    pub(super) fn holds(&self, row: &OwnedRow) -> Option<bool> {
        match self {
            Self::Compare { column, ty, comparison, value } => {
                let order = compare(*ty, row.0.get(*column)?, value)?;
                Some(match comparison {
                    Comparison::Eq => order.is_eq(),
                    Comparison::Ne => order.is_ne(),
                    Comparison::Lt => order.is_lt(),
                    Comparison::Le => order.is_le(),
                    Comparison::Gt => order.is_gt(),
                    Comparison::Ge => order.is_ge(),
                })
            }
            // Of none it is false, even for NULL.
            Self::In { column, ty, values } => any(values.iter().map(|value| {
                let order = compare(*ty, row.0.get(*column)?, value);
                order.map(Ordering::is_eq)
            })),
            Self::IsNull { column, negated } => Some(matches!(row.0.get(*column)?, Datum::Null) != *negated),
            // All hold unless one does not.
            Self::And(parts) => {
                any(parts.iter().map(|part| part.holds(row).map(|holds| !holds))).map(|any| !any)
            }
            Self::Or(parts) => any(parts.iter().map(|part| part.holds(row))),
            Self::Not(inner) => inner.holds(row).map(|holds| !holds),
        }
    }
}

/// True if one is true, otherwise unknown if one is unknown, otherwise false.
fn any(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut unknown = false;
    for part in parts {
        match part {
            Some(true) => return part,
            Some(false) => {}
            None => unknown = true,
        }
    }
    if unknown { None } else { Some(false) }
}

/// The column at a position.
///
/// # Errors
/// If the table has none there.
pub(super) fn column_of(table: &TableDef, position: usize) -> Result<&ColumnDef> {
    table.columns.get(position).ok_or_else(|| {
        Error::usage(
            format!("the table {} has no column number {position}", table.name),
            "use the column constants of the row struct",
        )
    })
}

/// Refuses to order values whose order only a database knows.
pub(super) fn check_ordered(table: &TableDef, column: &ColumnDef) -> Result<()> {
    if is_ordered(column.ty) {
        return Ok(());
    }
    Err(Error::usage(
        format!("the JSON column {}.{} has no order in memory", table.name, column.name),
        "test this query against PostgreSQL or SQLite",
    ))
}

fn read(table: &TableDef, column: &ColumnDef, value: &Param) -> Result<Datum> {
    Datum::take(column.ty, |out| value.encode(out)).map_err(|why| Error::value(table.name, column.name, why))
}
