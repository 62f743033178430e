//! NULL: what takes its place, and what becomes it.

use underpin_core::Value;

use super::{Expr, NotNull, Nullable, Operand, methods};
use crate::query::align;
use crate::{Function, Param, Tree};

static COALESCE: Function = Function::same("coalesce", "coalesce({..})");
static NULLIF: Function = Function::same("nullif", "nullif({0}, {1})");
// SQLite's own give NULL as soon as one argument is.
static GREATEST: Function =
    Function::per_dialect("greatest", "greatest({0}, {1})", "coalesce(max({0}, {1}), {0}, {1})");
static LEAST: Function =
    Function::per_dialect("least", "least({0}, {1})", "coalesce(min({0}, {1}), {0}, {1})");

fn pair<S, V, N>(function: &'static Function, left: Tree, right: Tree) -> Expr<S, V, N> {
    let (left, right) = align(left, right);
    let ty = left.ty;
    Expr::of(Tree::call(function, vec![left, right], ty))
}

methods! {
    impl [V: Value,] V {
        /// The value in place of NULL.
        pub fn coalesce(self, value: impl Into<V>) -> Expr<S, V, NotNull> {
            let tree = self.into_tree();
            let value = tree.beside(Param::new(value.into()));
            pair(&COALESCE, tree, value)
        }

        /// The other expression in place of NULL.
        pub fn coalesce_expr<O: Operand<V>>(self, other: O) -> Expr<(S, O::Scope), V, O::Null> {
            pair(&COALESCE, self.into_tree(), other.into_tree())
        }

        /// NULL in place of the value.
        pub fn nullif(self, value: impl Into<V>) -> Expr<S, V, Nullable> {
            let tree = self.into_tree();
            let value = tree.beside(Param::new(value.into()));
            pair(&NULLIF, tree, value)
        }

        /// The greater of the two; the one that is not NULL, if one is.
        pub fn greatest<O: Operand<V>>(self, other: O) -> Expr<(S, O::Scope), V, N::Or<O::Null>> {
            pair(&GREATEST, self.into_tree(), other.into_tree())
        }

        /// The lesser of the two; the one that is not NULL, if one is.
        pub fn least<O: Operand<V>>(self, other: O) -> Expr<(S, O::Scope), V, N::Or<O::Null>> {
            pair(&LEAST, self.into_tree(), other.into_tree())
        }

        /// Read as an `Option`: for what may be NULL although the column is not, behind a left join or in an
        /// aggregate of no rows.
        pub fn nullable(self) -> Expr<S, V, Nullable> {
            Expr::of(self.into_tree())
        }
    }
}
