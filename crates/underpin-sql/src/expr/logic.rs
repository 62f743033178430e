//! And, or, not.

use super::{Covers, Expr, Filter, Nullness};
use crate::{Column, Tree};
use underpin_schema::Table;

impl<S> Filter<S> {
    /// Both conditions. The other one speaks of tables of this one; for others there is [`both`].
    pub fn and<O, I>(self, other: Filter<O>) -> Self
    where
        S: Covers<O, I>,
    {
        Self::of(self.into_tree().and(other.into_tree()))
    }

    /// Either condition. The other one speaks of tables of this one; for others there is [`either`].
    pub fn or<O, I>(self, other: Filter<O>) -> Self
    where
        S: Covers<O, I>,
    {
        Self::of(self.into_tree().or(other.into_tree()))
    }
}

/// Both conditions, whatever tables they speak of.
pub fn both<A, B>(a: Filter<A>, b: Filter<B>) -> Filter<(A, B)> {
    Expr::of(a.into_tree().and(b.into_tree()))
}

/// Either condition, whatever tables they speak of.
pub fn either<A, B>(a: Filter<A>, b: Filter<B>) -> Filter<(A, B)> {
    Expr::of(a.into_tree().or(b.into_tree()))
}

/// All of the conditions; of none, true.
pub fn all_of<S>(conditions: impl IntoIterator<Item = Filter<S>>) -> Filter<S> {
    Expr::of(Tree::all(conditions.into_iter().map(Expr::into_tree).collect()))
}

/// One of the conditions; of none, false.
pub fn any_of<S>(conditions: impl IntoIterator<Item = Filter<S>>) -> Filter<S> {
    Expr::of(Tree::any(conditions.into_iter().map(Expr::into_tree).collect()))
}

impl<S, N> std::ops::Not for Expr<S, bool, N> {
    type Output = Self;

    fn not(self) -> Self {
        Self::of(self.into_tree().negated())
    }
}

impl<T: Table, N: Nullness> std::ops::Not for Column<T, bool, N> {
    type Output = Expr<T, bool, N>;

    fn not(self) -> Expr<T, bool, N> {
        Expr::of(self.into_tree().negated())
    }
}

/// What stands where a query wants a condition on the tables `S`: an expression or a column that is true or false.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a condition",
    note = "compare it with something: `UserRow::EMAIL.eq(..)`"
)]
pub trait Condition<S> {
    /// The erased condition.
    fn into_tree(self) -> Tree;
}

#[diagnostic::do_not_recommend]
impl<S, N> Condition<S> for Expr<S, bool, N> {
    fn into_tree(self) -> Tree {
        self.into_tree()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Table, N> Condition<T> for Column<T, bool, N> {
    fn into_tree(self) -> Tree {
        self.into_tree()
    }
}
