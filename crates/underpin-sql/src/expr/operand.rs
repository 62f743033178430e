//! What an expression can be combined with.

use underpin_core::Value;
use underpin_schema::Table;

use super::{Expr, Nullness};
use crate::{Column, Tree};

/// A column or an expression whose value is a `V`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an expression of `{V}`",
    label = "no column or expression of `{V}`; a plain value goes to the method without `_expr`"
)]
pub trait Operand<V> {
    /// The tables that it speaks of.
    type Scope;
    /// Whether it may be NULL.
    type Null: Nullness;

    /// The erased expression.
    fn into_tree(self) -> Tree;
}

#[diagnostic::do_not_recommend]
impl<S, V: Value, N: Nullness> Operand<V> for Expr<S, V, N> {
    type Scope = S;
    type Null = N;

    fn into_tree(self) -> Tree {
        self.into_tree()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Table, V: Value, N: Nullness> Operand<V> for Column<T, V, N> {
    type Scope = T;
    type Null = N;

    fn into_tree(self) -> Tree {
        self.into_tree()
    }
}

/// A value that becomes a `V`: what a column of `V` is compared with.
#[diagnostic::on_unimplemented(
    message = "a column or expression of `{V}` is not compared with `{Self}`",
    label = "not a `{V}`, and nothing that becomes one; a column or expression goes to the method with `_expr`"
)]
pub trait Comparable<V> {
    /// The value.
    fn into_value(self) -> V;
}

#[diagnostic::do_not_recommend]
impl<V, X: Into<V>> Comparable<V> for X {
    fn into_value(self) -> V {
        self.into()
    }
}
