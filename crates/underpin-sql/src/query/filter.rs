//! A condition, typed by the table that it speaks of.

use std::marker::PhantomData;

use super::Expr;

/// A condition on rows of `T`.
pub struct Filter<T> {
    expr: Expr,
    table: PhantomData<fn() -> T>,
}

impl<T> Clone for Filter<T> {
    fn clone(&self) -> Self {
        Self::new(self.expr.clone())
    }
}

impl<T> std::fmt::Debug for Filter<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.expr.fmt(f)
    }
}

impl<T> Filter<T> {
    pub(crate) fn new(expr: Expr) -> Self {
        Self { expr, table: PhantomData }
    }

    /// Both conditions.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self::new(match self.expr {
            Expr::And(mut all) => {
                all.push(other.expr);
                Expr::And(all)
            }
            expr => Expr::And(vec![expr, other.expr]),
        })
    }

    /// Either condition.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self::new(match self.expr {
            Expr::Or(mut any) => {
                any.push(other.expr);
                Expr::Or(any)
            }
            expr => Expr::Or(vec![expr, other.expr]),
        })
    }

    /// The erased condition.
    #[must_use]
    pub fn into_expr(self) -> Expr {
        self.expr
    }
}

impl<T> std::ops::Not for Filter<T> {
    type Output = Self;

    fn not(self) -> Self {
        Self::new(Expr::Not(Box::new(self.expr)))
    }
}
