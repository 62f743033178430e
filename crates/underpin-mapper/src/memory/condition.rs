//! Conditions with the three truth values of SQL: true, false, and unknown where NULL is involved.

use std::cmp::Ordering;

use underpin_core::{ColumnType, Datum, Error, OwnedRow, Result};
use underpin_schema::TableDef;
use underpin_sql::{ColumnRef, Comparison, Node, Param, Tree};

use super::compare::{compare, is_ordered};

/// A condition whose parameters have been read.
pub(super) enum Condition {
    Compare { comparison: Comparison, ty: ColumnType, sides: [Operand; 2] },
    In { of: Operand, ty: ColumnType, values: Vec<Datum> },
    IsNull { of: Operand, negated: bool },
    And(Vec<Condition>),
    Or(Vec<Condition>),
    Not(Box<Condition>),
}

/// What is compared: a column of the row, by its position, or a value.
pub(super) enum Operand {
    Column(usize),
    Value(Datum),
}

impl Operand {
    pub(super) fn of(table: &TableDef, tree: &Tree) -> Result<Self> {
        match &tree.node {
            Node::Column(column) => position(table, column).map(Self::Column),
            Node::Param(value, of) => read(table, *of, tree.ty, value).map(Self::Value),
            Node::As(inner) => Self::of(table, inner),
            _ => Err(needs_database(table)),
        }
    }

    pub(super) fn value<'a>(&'a self, row: &'a OwnedRow) -> Option<&'a Datum> {
        match self {
            Self::Column(position) => row.0.get(*position),
            Self::Value(value) => Some(value),
        }
    }
}

impl Condition {
    /// Reads the parameters of a condition on rows of a table.
    ///
    /// # Errors
    /// If a parameter does not fit its column, or the condition cannot be evaluated without a database.
    pub(super) fn of(table: &TableDef, tree: &Tree) -> Result<Self> {
        let all = |parts: &[Tree]| parts.iter().map(|part| Self::of(table, part)).collect::<Result<Vec<_>>>();
        Ok(match &tree.node {
            Node::Compare(comparison, sides) => {
                let [left, right] = &**sides;
                if !matches!(comparison, Comparison::Eq | Comparison::Ne) {
                    check_ordered(left)?;
                }
                let sides = [Operand::of(table, left)?, Operand::of(table, right)?];
                Self::Compare { comparison: *comparison, ty: left.ty, sides }
            }
            Node::In(of, values) => {
                let subject = of.subject();
                let values = values.iter().map(|value| read(table, subject, of.ty, value));
                let values = values.collect::<Result<_>>()?;
                Self::In { of: Operand::of(table, of)?, ty: of.ty, values }
            }
            Node::IsNull(of, negated) => Self::IsNull { of: Operand::of(table, of)?, negated: *negated },
            Node::And(parts) => Self::And(all(parts)?),
            Node::Or(parts) => Self::Or(all(parts)?),
            Node::Not(inner) => Self::Not(Box::new(Self::of(table, inner)?)),
            // A column that is true or false by itself.
            _ if tree.ty == ColumnType::Bool => Self::Compare {
                comparison: Comparison::Eq,
                ty: ColumnType::Bool,
                sides: [Operand::of(table, tree)?, Operand::Value(Datum::Bool(true))],
            },
            _ => return Err(needs_database(table)),
        })
    }

    /// Whether the condition holds for a row; `None` is unknown, which is not true.
    pub(super) fn holds(&self, row: &OwnedRow) -> Option<bool> {
        match self {
            Self::Compare { comparison, ty, sides: [left, right] } => {
                let order = compare(*ty, left.value(row)?, right.value(row)?)?;
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
            Self::In { of, ty, values } => any(values.iter().map(|value| {
                let order = compare(*ty, of.value(row)?, value);
                order.map(Ordering::is_eq)
            })),
            Self::IsNull { of, negated } => Some(matches!(of.value(row)?, Datum::Null) != *negated),
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

/// The position of a column of the table.
///
/// # Errors
/// If it is a column of another table, or the table has none there.
fn position(table: &TableDef, column: &ColumnRef) -> Result<usize> {
    if column.table.name != table.name || column.alias.is_some() {
        return Err(needs_database(table));
    }
    match table.columns.get(column.position) {
        Some(_) => Ok(column.position),
        None => Err(Error::usage(
            format!("the table {} has no column number {}", table.name, column.position),
            "use the column constants of the row struct",
        )),
    }
}

/// The position of a column by which rows can be ordered.
///
/// # Errors
/// If it is none, or its values have no order here.
pub(super) fn ordered_position(table: &TableDef, tree: &Tree) -> Result<usize> {
    check_ordered(tree)?;
    match &tree.node {
        Node::Column(column) => position(table, column),
        _ => Err(needs_database(table)),
    }
}

/// Refuses to order values whose order only a database knows.
fn check_ordered(tree: &Tree) -> Result<()> {
    if is_ordered(tree.ty) {
        return Ok(());
    }
    Err(Error::usage(
        format!("the JSON column {tree} has no order in memory"),
        "test this query against PostgreSQL or SQLite",
    ))
}

/// The error of a query that the store does not evaluate.
pub(super) fn needs_database(table: &TableDef) -> Error {
    Error::usage(
        format!("the query on table {} needs a database", table.name),
        "test this query against PostgreSQL or SQLite; the in-memory store evaluates no SQL",
    )
}

fn read(table: &TableDef, of: Option<ColumnRef>, ty: ColumnType, value: &Param) -> Result<Datum> {
    Datum::take(ty, |out| value.encode(out)).map_err(|why| {
        let (table, column) = of.map_or((table.name, "(value)"), |column| (column.table.name, column.name()));
        Error::value(table, column, why)
    })
}
