//! The value of an expression in a row, with the three truth values of SQL: true, false, and NULL where it is unknown.

use std::cmp::Ordering;

use underpin_core::{ColumnType, Datum, Result};
use underpin_sql::Comparison;

use super::run::rows;
use super::{Expr, Item, Plan};
use crate::compare::compare;
use crate::state::State;

/// What is around an expression: the row, the rows of the queries further out, and the state.
#[derive(Clone, Copy)]
pub(crate) struct Around<'a> {
    pub(crate) state: &'a State,
    /// When the transaction began, in microseconds since the epoch.
    pub(crate) now: i64,
    /// The row: one of each table of the query.
    pub(crate) row: &'a [Item],
    /// What the aggregates of the query are.
    pub(crate) aggregates: &'a [Datum],
    pub(crate) outer: Option<&'a Around<'a>>,
}

impl<'a> Around<'a> {
    /// A state, before there is a row.
    pub(crate) fn of(state: &'a State, now: i64) -> Self {
        Self { state, now, row: &[], aggregates: &[], outer: None }
    }

    /// The same in a row.
    pub(crate) fn with<'b>(&self, row: &'b [Item], aggregates: &'b [Datum]) -> Around<'b>
    where
        'a: 'b,
    {
        Around { row, aggregates, ..*self }
    }

    /// Whether a condition holds; unknown is not.
    pub(crate) fn holds(&self, condition: &Expr) -> Result<bool> {
        Ok(self.value(condition)? == Datum::Bool(true))
    }

    fn truth(&self, condition: &Expr) -> Result<Option<bool>> {
        Ok(match self.value(condition)? {
            Datum::Bool(truth) => Some(truth),
            _ => None,
        })
    }

    /// The value of an expression.
    pub(crate) fn value(&self, expr: &Expr) -> Result<Datum> {
        Ok(match expr {
            Expr::Column { out, source, position } => {
                let mut around = Some(self);
                for _ in 0..*out {
                    around = around.and_then(|around| around.outer);
                }
                let item = around.and_then(|around| around.row.get(*source)).and_then(Option::as_ref);
                item.and_then(|(_, row)| row.0.get(*position)).cloned().unwrap_or(Datum::Null)
            }
            Expr::Value(value) => value.clone(),
            Expr::Compare(comparison, ty, sides) => {
                let [left, right] = &**sides;
                let order = compare(*ty, &self.value(left)?, &self.value(right)?);
                truth(order.map(|order| meets(*comparison, order)))
            }
            Expr::CompareRows(comparison, pairs) => truth(self.compare_rows(*comparison, pairs)?),
            Expr::In(of, ty, values) => truth(among(*ty, &self.value(of)?, values.iter())),
            Expr::InQuery(of, ty, plan) => {
                let of = self.value(of)?;
                let found = self.inner(plan)?;
                truth(among(*ty, &of, found.iter().filter_map(|row| row.first())))
            }
            Expr::IsNull(of, negated) => Datum::Bool((self.value(of)? == Datum::Null) != *negated),
            // All hold unless one does not.
            Expr::And(parts) => truth(self.any(parts, |part| part.map(|holds| !holds))?.map(|any| !any)),
            Expr::Or(parts) => truth(self.any(parts, |part| part)?),
            Expr::Not(of) => truth(self.truth(of)?.map(|holds| !holds)),
            Expr::Call(call) => {
                let args = call.args.iter().map(|arg| self.value(arg)).collect::<Result<Vec<_>>>()?;
                super::call::value(call, &args, self.now)?
            }
            Expr::Case(when, otherwise) => {
                for (condition, value) in when {
                    if self.holds(condition)? {
                        return self.value(value);
                    }
                }
                otherwise.as_deref().map_or(Ok(Datum::Null), |otherwise| self.value(otherwise))?
            }
            Expr::Exists(plan) => Datum::Bool(!self.inner(plan)?.is_empty()),
            Expr::Scalar(plan) => {
                let found = self.inner(plan)?;
                if found.len() > 1 {
                    return Err(super::call::failed(
                        "21000",
                        "a query that stands for a value gave several rows",
                    ));
                }
                found.into_iter().flatten().next().unwrap_or(Datum::Null)
            }
            Expr::Aggregate(place) => self.aggregates.get(*place).cloned().unwrap_or(Datum::Null),
        })
    }

    /// The rows of a query inside of this one.
    fn inner(&self, plan: &Plan) -> Result<Vec<Vec<Datum>>> {
        let around = Around { row: &[], aggregates: &[], outer: Some(self), ..*self };
        let found = rows(plan, &around)?;
        Ok(found.into_iter().map(|found| found.row.0.clone()).collect())
    }

    /// True if one is true, otherwise unknown if one is unknown, otherwise false.
    fn any(&self, parts: &[Expr], look: impl Fn(Option<bool>) -> Option<bool>) -> Result<Option<bool>> {
        let mut unknown = false;
        for part in parts {
            match look(self.truth(part)?) {
                Some(true) => return Ok(Some(true)),
                Some(false) => {}
                None => unknown = true,
            }
        }
        Ok(if unknown { None } else { Some(false) })
    }

    /// The first that differ decide.
    fn compare_rows(
        &self,
        comparison: Comparison,
        pairs: &[(Expr, Expr, ColumnType)],
    ) -> Result<Option<bool>> {
        for (left, right, ty) in pairs {
            match compare(*ty, &self.value(left)?, &self.value(right)?) {
                Some(Ordering::Equal) => {}
                order => return Ok(order.map(|order| meets(comparison, order))),
            }
        }
        Ok(Some(meets(comparison, Ordering::Equal)))
    }
}

fn truth(truth: Option<bool>) -> Datum {
    truth.map_or(Datum::Null, Datum::Bool)
}

/// Of none it is false, even for NULL.
fn among<'d>(ty: ColumnType, of: &Datum, values: impl Iterator<Item = &'d Datum>) -> Option<bool> {
    let mut unknown = false;
    for value in values {
        match compare(ty, of, value) {
            Some(Ordering::Equal) => return Some(true),
            Some(_) => {}
            None => unknown = true,
        }
    }
    if unknown { None } else { Some(false) }
}

fn meets(comparison: Comparison, order: Ordering) -> bool {
    match comparison {
        Comparison::Eq => order.is_eq(),
        Comparison::Ne => order.is_ne(),
        Comparison::Lt => order.is_lt(),
        Comparison::Le => order.is_le(),
        Comparison::Gt => order.is_gt(),
        Comparison::Ge => order.is_ge(),
    }
}
